package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.aevo.search.Weights;

/** Weights that are the same to the bit. */
final class SameWeights {
    private SameWeights() {}

    static void check(Weights expected, Weights found) {
        assertEquals(expected.arrays().size(), found.arrays().size());
        for (int i = 0; i < expected.arrays().size(); i++) {
            Weights.Array wanted = expected.arrays().get(i);
            Weights.Array is = found.arrays().get(i);
            assertEquals(wanted.name(), is.name());
            assertArrayEquals(wanted.shape(), is.shape(), wanted.name());
            assertArrayEquals(wanted.values(), is.values(), wanted.name());
        }
    }
}

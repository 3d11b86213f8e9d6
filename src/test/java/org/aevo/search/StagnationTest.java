package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class StagnationTest {
    private static final double NONE = Double.NaN;

    @Test
    void evaluationsSinceTheLastBetterOneCount() {
        Stagnation s = Stagnation.NONE;
        double[] best = {NONE, NONE, 5, 5, 4, 4, 4, 4};
        long[] expected = {1, 2, 0, 1, 0, 1, 2, 3};
        for (int i = 0; i < best.length; i++) {
            s = s.after(List.of(insertion(i, best[i])));
            assertEquals(expected[i], s.evaluations(), "after " + (i + 1));
        }
        assertEquals(new Stagnation(8, 5, 4), s);
        assertEquals(s, s.after(List.of()), "nothing was taken in");
    }

    @Test
    void aGenerationWithABetterOneCountsAsNone() {
        Stagnation first = Stagnation.NONE.after(List.of(insertion(0, 5), insertion(1, 5), insertion(2, 5)));
        assertEquals(0, first.evaluations());
        Stagnation second = first.after(List.of(insertion(3, 5), insertion(4, 5), insertion(5, 5)));
        assertEquals(3, second.evaluations());
        assertEquals(
                0,
                second.after(List.of(insertion(6, 4), insertion(7, 4), insertion(8, 4)))
                        .evaluations());
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Stagnation(3, 4, 1));
        assertThrows(IllegalArgumentException.class, () -> new Stagnation(3, -1, 1));
    }

    private static Insertion insertion(long id, double best) {
        return new Insertion(id, best, best, 0);
    }
}

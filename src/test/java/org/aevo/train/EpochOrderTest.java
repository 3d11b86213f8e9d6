package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
    private static final int ALL = 1000;

    private static Set<Integer> seen(EpochOrder order, int count) {
        return Arrays.stream(order.next(count)).limit(count).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void ofAllSamplesNothingElseIsDrawn() {
        EpochOrder all = EpochOrder.of(ALL, ALL, 7);
        EpochOrder plain = new EpochOrder(ALL, new SplittableRandom(7));
        for (int epoch = 0; epoch < 3; epoch++) {
            assertArrayEquals(plain.next(ALL), all.next(ALL));
        }
    }

    @Test
    void aPartStaysThatOfItsSeed() {
        EpochOrder order = EpochOrder.of(ALL, 100, 7);
        Set<Integer> part = seen(order, 100);
        assertEquals(100, part.size());
        assertTrue(part.stream().allMatch(sample -> sample >= 0 && sample < ALL));
        assertEquals(part, seen(order, 100), "every epoch sees the same part");
        assertTrue(part.containsAll(seen(order, 30)), "so do epochs that see some of it");
        assertEquals(part, seen(EpochOrder.of(ALL, 100, 7), 100));
        assertNotEquals(part, seen(EpochOrder.of(ALL, 100, 8), 100));
    }

    /** Each sample is in a tenth of the parts, give or take five deviations of a binomial count. */
    @Test
    void noSampleIsPreferred() {
        int parts = 2000;
        int[] drawn = new int[ALL];
        for (int seed = 0; seed < parts; seed++) {
            seen(EpochOrder.of(ALL, ALL / 10, seed), ALL / 10).forEach(sample -> drawn[sample]++);
        }
        double deviation = Math.sqrt(parts * 0.1 * 0.9);
        for (int count : drawn) {
            assertEquals(parts / 10.0, count, 5 * deviation);
        }
    }
}

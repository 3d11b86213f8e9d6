package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IncumbentTest {
    @Test
    void theFirstOfEqualOnesStays() {
        Incumbent first = Incumbent.NONE.or(Evaluations.of(4, 0.5));
        assertEquals(new Incumbent(4, 0.5), first);
        assertSame(first, first.or(Evaluations.of(2, 0.5)));
        assertSame(first, first.or(Evaluations.of(5, 0.6)));
        assertEquals(2, first.or(Evaluations.of(2, 0.4)).id());
        assertTrue(first.isPresent());
    }

    @Test
    void onlyFiniteFitnessCounts() {
        assertFalse(Incumbent.NONE.isPresent());
        assertTrue(Double.isNaN(Incumbent.NONE.fitness()));
        assertSame(Incumbent.NONE, Incumbent.NONE.or(Evaluations.failed(1)));
        for (double none : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}) {
            assertSame(Incumbent.NONE, Incumbent.NONE.or(1, none));
            assertFalse(new Incumbent(0, 1).isBeatenBy(none));
            assertFalse(Ranking.counts(none));
        }
    }

    /** The order is that of sorting, with every kind of number and many equal ones. */
    @Test
    void agreesWithTheRanking() {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = {-1, -0.0, 0.0, 1, 2, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY};
        for (int n = 0; n < 500; n++) {
            double[] fitness = random.ints(1 + random.nextInt(8), 0, values.length)
                    .mapToDouble(i -> values[i])
                    .toArray();
            Incumbent incumbent = Incumbent.NONE;
            for (int i = 0; i < fitness.length; i++) {
                incumbent = incumbent.or(i, fitness[i]);
            }
            int[] order = Ranking.order(fitness).toArray();
            assertEquals(
                    Arrays.stream(fitness).filter(Double::isFinite).count(), order.length, Arrays.toString(fitness));
            assertEquals(order.length > 0, incumbent.isPresent());
            if (order.length > 0) {
                assertEquals(order[0], incumbent.id(), Arrays.toString(fitness));
            }
            assertTrue(IntStream.range(1, order.length).allMatch(i -> {
                int byFitness = Double.compare(fitness[order[i - 1]], fitness[order[i]]);
                return byFitness < 0 || byFitness == 0 && order[i - 1] < order[i];
            }));
        }
    }
}

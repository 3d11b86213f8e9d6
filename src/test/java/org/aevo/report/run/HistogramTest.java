package org.aevo.report.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void everyValueCountsOnce() {
        Random random = new Random(1);
        double[] values =
                random.doubles(1000).map(v -> Math.exp(3 * v)).sorted().toArray();
        for (Histogram histogram : new Histogram[] {Histogram.of(values), Histogram.logarithmic(values)}) {
            assertEquals(1000, Arrays.stream(histogram.counts()).sum());
            assertEquals(values[0], histogram.edges()[0], 1e-9);
            assertEquals(values[999], histogram.edges()[histogram.counts().length], 1e-9);
            assertTrue(histogram.counts().length >= 8 && histogram.counts().length <= 40);
        }
    }

    @Test
    void wholeNumbersHaveABinEach() {
        Histogram histogram = Histogram.whole(new long[] {3, 5, 5, 5, 4});
        assertArrayEquals(new double[] {2.5, 3.5, 4.5, 5.5}, histogram.edges());
        assertArrayEquals(new double[] {1, 1, 3}, histogram.counts());
        Histogram wide = Histogram.whole(new long[] {0, 1000, 7});
        assertEquals(3, Arrays.stream(wide.counts()).sum());
        assertTrue(wide.counts().length <= 41);
    }

    @Test
    void equalValuesAndNoneAreNoTrouble() {
        assertArrayEquals(new double[] {3}, Histogram.of(new double[] {2, 2, 2}).counts());
        assertArrayEquals(new double[] {0}, Histogram.of(new double[0]).counts());
    }
}

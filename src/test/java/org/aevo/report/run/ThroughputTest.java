package org.aevo.report.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThroughputTest {
    /** From 2 to 10 s in four intervals of 2 s: 1, 0, 2 and 1 evaluations; what came outside does not count. */
    @Test
    void aHandmadeTimeline() {
        double[] arrived = {3, 6.5, 7.5, 10, 1, 11, Double.NaN};
        Throughput throughput = Throughput.of(arrived, 2, 10);
        assertArrayEquals(new double[] {2, 4, 6, 8, 10}, throughput.edges());
        assertArrayEquals(new double[] {1800, 0, 3600, 1800}, throughput.rates());
    }

    @Test
    void theMeanOfTheIntervalsIsThatOfTheWhole() {
        double[] arrived = new Random(3).doubles(5000, 10, 400).toArray();
        Throughput throughput = Throughput.of(arrived, 10, 400);
        assertEquals(60, throughput.rates().length);
        assertEquals(
                5000 * 3600 / 390.0, Arrays.stream(throughput.rates()).average().orElseThrow(), 1e-6);
    }
}

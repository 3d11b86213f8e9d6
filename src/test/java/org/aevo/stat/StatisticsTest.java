package org.aevo.stat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final double[] SORTED = {1, 2, 4, 8};

    @Test
    void quantilesLieBetweenTheValues() {
        assertEquals(3, Statistics.quantile(SORTED, 0.5));
        assertEquals(8, Statistics.quantile(SORTED, 1));
        assertEquals(1.75, Statistics.quantile(SORTED, 0.25));
        assertTrue(Double.isNaN(Statistics.quantile(new double[0], 0.5)));
    }

    @Test
    void deviationsAreThoseOfASample() {
        assertEquals(3.75, Statistics.mean(SORTED));
        assertEquals(Math.sqrt(28.75 / 3), Statistics.standardDeviation(SORTED), 1e-12);
        assertTrue(Double.isNaN(Statistics.mean(new double[0])));
        assertTrue(Double.isNaN(Statistics.standardDeviation(new double[] {1})));
    }
}

package org.aevo.stat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {
    @Test
    void onlyTheOrderCounts() {
        assertEquals(1, RankCorrelation.of(new double[] {1, 2, 3, 9}, new double[] {-5, 0, 1e9, 1e10}), 1e-12);
        assertEquals(-1, RankCorrelation.of(new double[] {1, 2, 3}, new double[] {3, 2, 1}), 1e-12);
        assertEquals(0, RankCorrelation.of(new double[] {1, 2, 3}, new double[] {7, 7, 7}), 0);
    }

    /** As scipy.stats.spearmanr has it. */
    @Test
    void equalValuesShareTheirMeanRank() {
        double[] a = {1, 2, 2, 4, 5};
        double[] b = {2, 1, 3, 3, 7};
        assertEquals(0.7631578947368421, RankCorrelation.of(a, b), 1e-12);
    }
}

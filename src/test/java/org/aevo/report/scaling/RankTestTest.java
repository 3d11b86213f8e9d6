package org.aevo.report.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankTestTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    /** Without ties: scipy.stats.mannwhitneyu(a, b, method="exact"). */
    @Test
    void agreesWithScipyWithoutTies() {
        assertEquals(0.1, RankTest.p(new double[] {1, 2, 3}, new double[] {4, 5, 6}), 1e-12);
        assertEquals(0.2, RankTest.p(new double[] {1, 2, 4}, new double[] {3, 5, 6}), 1e-12);
        assertEquals(2 / 252.0, RankTest.p(new double[] {1, 2, 3, 4, 5}, new double[] {6, 7, 8, 9, 10}), 1e-12);
        assertEquals(
                0.10909090909090909,
                RankTest.p(
                        new double[] {0.31, 0.44, 0.25, 0.61, 0.58, 0.29, 0.7}, new double[] {0.66, 0.81, 0.43, 0.92}),
                1e-12);
    }

    /** With ties: the share of all ways to choose the first sample whose sum of scipy.stats.rankdata is as far off. */
    @Test
    void tiesAreCounted() {
        assertEquals(1, RankTest.p(new double[] {1, 1, 1}, new double[] {1, 1, 1, 1}), 1e-12);
        assertEquals(0.1, RankTest.p(new double[] {1, 1, 2}, new double[] {3, 4, 4}), 1e-12);
        assertEquals(0.2, RankTest.p(new double[] {1, 1, 3}, new double[] {2, 4, 4}), 1e-12);
        assertEquals(14 / 126.0, RankTest.p(new double[] {1, 3, 3, 5}, new double[] {3, 5, 7, 8, 9}), 1e-12);
        assertEquals(14 / 126.0, RankTest.p(new double[] {3, 5, 7, 8, 9}, new double[] {1, 3, 3, 5}), 1e-12);
        // runs that never reached a target are the longest, and equal
        assertEquals(0.1, RankTest.p(new double[] {1, 2, 3}, new double[] {NEVER, NEVER, NEVER}), 1e-12);
    }

    @Test
    void tooFewTellNothing() {
        assertTrue(Double.isNaN(RankTest.p(new double[] {1, 2}, new double[] {3, 4, 5, 6})));
        assertTrue(Double.isNaN(RankTest.p(new double[] {1, 2, 3}, new double[0])));
    }

    @Test
    void underTheNullItRejectsNoMoreOftenThanItSays() {
        Random random = new Random(7);
        int trials = 4000;
        int rejected = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] a = random.doubles(6).toArray();
            double[] b = random.doubles(7).toArray();
            rejected += RankTest.p(a, b) <= 0.05 ? 1 : 0;
        }
        double share = rejected / (double) trials;
        // the exact level is 0.0350 to 0.05, for the statistic has steps; four standard errors are 0.013
        assertTrue(share > 0.02 && share < 0.063, "rejected " + share);
    }
}

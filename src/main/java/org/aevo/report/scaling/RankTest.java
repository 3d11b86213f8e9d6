package org.aevo.report.scaling;

import java.util.Arrays;

/**
 * Whether two small samples come from one distribution: the exact two-sided test of Wilcoxon, Mann and Whitney. All ways
 * to part the ranks are counted, with equal values at their mean rank, so that nothing is approximated for few values or
 * for ties.
 */
final class RankTest {
    /** With two against two even the most extreme outcome has p = 1/3. */
    static final int FEWEST = 3;

    private RankTest() {}

    /**
     * Twice the smaller tail of the rank sum, at most 1. Infinite values are ranked like others.
     *
     * @return NaN where one of the samples has fewer than {@link #FEWEST} values: they cannot tell anything
     */
    static double p(double[] a, double[] b) {
        if (a.length < FEWEST || b.length < FEWEST) {
            return Double.NaN;
        }
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        int[] ranks = doubledRanks(all);
        int observed = Arrays.stream(ranks, 0, a.length).sum();
        double[] ways = ways(ranks, a.length);
        double total = Arrays.stream(ways).sum();
        double below = Arrays.stream(ways, 0, observed + 1).sum();
        double above = Arrays.stream(ways, observed, ways.length).sum();
        return Math.min(1, 2 * Math.min(below, above) / total);
    }

    /** Twice the rank of each value, so that mean ranks are whole. */
    private static int[] doubledRanks(double[] values) {
        int[] ranks = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            int rank = 1;
            for (double other : values) {
                int order = Double.compare(other, values[i]);
                rank += order < 0 ? 2 : order == 0 ? 1 : 0;
            }
            ranks[i] = rank;
        }
        return ranks;
    }

    /** How many choices of some ranks have each sum. */
    private static double[] ways(int[] ranks, int chosen) {
        double[][] ways = new double[chosen + 1][Arrays.stream(ranks).sum() + 1];
        ways[0][0] = 1;
        for (int rank : ranks) {
            for (int k = chosen; k > 0; k--) {
                for (int sum = ways[k].length - 1; sum >= rank; sum--) {
                    ways[k][sum] += ways[k - 1][sum - rank];
                }
            }
        }
        return ways[chosen];
    }
}

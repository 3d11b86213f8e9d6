package org.aevo.stat;

import java.util.Comparator;
import java.util.stream.IntStream;

/** How far two numbers of the same things go together. */
public final class Correlation {
    private Correlation() {}

    /** Spearman's rank correlation, ties at their mean rank; NaN of fewer than two, or where all are alike. */
    public static double ofRanks(double[] a, double[] b) {
        return ofValues(ranks(a), ranks(b));
    }

    /** Pearson's correlation; NaN of fewer than two, or where all are alike. */
    public static double ofValues(double[] a, double[] b) {
        double meanA = Statistics.mean(a);
        double meanB = Statistics.mean(b);
        double both = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            both += (a[i] - meanA) * (b[i] - meanB);
            squaresA += (a[i] - meanA) * (a[i] - meanA);
            squaresB += (b[i] - meanB) * (b[i] - meanB);
        }
        return both / Math.sqrt(squaresA * squaresB);
    }

    private static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] ranks = new double[values.length];
        for (int first = 0; first < order.length; ) {
            int last = first;
            while (last + 1 < order.length && values[order[last + 1]] == values[order[first]]) {
                last++;
            }
            for (int i = first; i <= last; i++) {
                ranks[order[i]] = (first + last) / 2.0;
            }
            first = last + 1;
        }
        return ranks;
    }
}

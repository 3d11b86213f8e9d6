package org.aevo.stat;

import java.util.Comparator;
import java.util.stream.IntStream;

/** How surely one value grows with another. */
public final class RankCorrelation {
    private RankCorrelation() {}

    /** Spearman's, -1 to 1: the correlation of ranks, of which equal values share their mean. 0 where either is constant. */
    public static double of(double[] a, double[] b) {
        double[] x = ranks(a);
        double[] y = ranks(b);
        double middle = (a.length - 1) / 2.0;
        double together = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < x.length; i++) {
            together += (x[i] - middle) * (y[i] - middle);
            ofA += (x[i] - middle) * (x[i] - middle);
            ofB += (y[i] - middle) * (y[i] - middle);
        }
        return ofA > 0 && ofB > 0 ? together / Math.sqrt(ofA * ofB) : 0;
    }

    private static double[] ranks(double[] values) {
        int[] sorted = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0, to; from < sorted.length; from = to) {
            to = from + 1;
            while (to < sorted.length && values[sorted[to]] == values[sorted[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[sorted[i]] = (from + to - 1) / 2.0;
            }
        }
        return ranks;
    }
}

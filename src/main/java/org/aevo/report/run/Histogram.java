package org.aevo.report.run;

import java.util.Arrays;
import org.aevo.stat.Statistics;

/**
 * How many values lie between one edge and the next.
 *
 * @param edges ascending, one more than there are counts; a value on an edge counts above it, the last one below
 */
record Histogram(double[] edges, double[] counts) {
    private static final int MIN_BINS = 8;
    private static final int MAX_BINS = 40;

    /** Bins of one width, which follows from the quartiles (Freedman and Diaconis 1981), within 8 and 40 of them. */
    static Histogram of(double[] sorted) {
        return bins(sorted, sorted);
    }

    /** Bins of one width on a logarithmic scale; the values must be positive. */
    static Histogram logarithmic(double[] sorted) {
        double[] logarithms = Arrays.stream(sorted).map(Math::log).toArray();
        Histogram logarithmic = bins(logarithms, logarithms);
        double[] edges = Arrays.stream(logarithmic.edges()).map(Math::exp).toArray();
        return new Histogram(edges, logarithmic.counts());
    }

    /** A bin for each whole number, or for as many as make at most 40 bins. */
    static Histogram whole(long[] values) {
        long low = Arrays.stream(values).min().orElse(0);
        long high = Arrays.stream(values).max().orElse(0);
        long step = (high - low) / MAX_BINS + 1;
        double[] edges = new double[(int) ((high - low) / step) + 2];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = low + i * step - 0.5;
        }
        return count(Arrays.stream(values).asDoubleStream().toArray(), edges);
    }

    private static Histogram bins(double[] sorted, double[] values) {
        if (sorted.length == 0) {
            return new Histogram(new double[] {0, 1}, new double[1]);
        }
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        if (!(high > low)) {
            double half = Math.max(Math.abs(low) * 0.05, 1e-9);
            return count(values, new double[] {low - half, low + half});
        }
        double quartiles = Statistics.quantile(sorted, 0.75) - Statistics.quantile(sorted, 0.25);
        double width = 2 * quartiles / Math.cbrt(sorted.length);
        int bins = width > 0 ? (int) Math.min(MAX_BINS, Math.ceil((high - low) / width)) : MAX_BINS;
        bins = Math.max(MIN_BINS, bins);
        double[] edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) {
            edges[i] = low + (high - low) * i / bins;
        }
        return count(values, edges);
    }

    private static Histogram count(double[] values, double[] edges) {
        double[] counts = new double[edges.length - 1];
        for (double value : values) {
            int at = Arrays.binarySearch(edges, value);
            int bin = at >= 0 ? at : -at - 2;
            counts[Math.max(0, Math.min(counts.length - 1, bin))]++;
        }
        return new Histogram(edges, counts);
    }
}

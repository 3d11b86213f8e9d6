package org.aevo.metric;

import java.util.List;

/**
 * How much classifiers of the same samples differ, as means over all pairs of them (Kuncheva and Whitaker, "Measures of
 * diversity in classifier ensembles", Machine Learning 51, 2003).
 *
 * @param disagreement share of the samples to which the two give different classes; NaN of fewer than two classifiers, or
 *     without samples
 * @param errorCorrelation Pearson's correlation of whether the one is wrong with whether the other is, the phi coefficient:
 *     in scikit-learn {@code matthews_corrcoef} of these. Pairs without one are left out, those of a classifier that is
 *     wrong always or never; NaN if that are all
 */
public record Diversity(double disagreement, double errorCorrelation) {

    /**
     * The diversity of classifiers.
     *
     * @param told by each of them, the class of each sample
     * @param labels the right ones
     * @throws IllegalArgumentException if they are of different samples
     */
    public static Diversity of(List<int[]> told, int[] labels) {
        for (int[] each : told) {
            if (each.length != labels.length) {
                throw new IllegalArgumentException(each.length + " samples told, " + labels.length + " labels");
            }
        }
        Sums disagreement = new Sums();
        Sums correlation = new Sums();
        for (int a = 0; a < told.size(); a++) {
            for (int b = a + 1; b < told.size(); b++) {
                disagreement.add(disagreement(told.get(a), told.get(b)));
                correlation.add(errorCorrelation(told.get(a), told.get(b), labels));
            }
        }
        return new Diversity(disagreement.mean(), correlation.mean());
    }

    private static double disagreement(int[] a, int[] b) {
        int different = 0;
        for (int i = 0; i < a.length; i++) {
            different += a[i] == b[i] ? 0 : 1;
        }
        return (double) different / a.length;
    }

    private static double errorCorrelation(int[] a, int[] b, int[] labels) {
        long onlyA = 0;
        long onlyB = 0;
        long both = 0;
        for (int i = 0; i < labels.length; i++) {
            boolean wrongA = a[i] != labels[i];
            boolean wrongB = b[i] != labels[i];
            both += wrongA && wrongB ? 1 : 0;
            onlyA += wrongA && !wrongB ? 1 : 0;
            onlyB += !wrongA && wrongB ? 1 : 0;
        }
        long none = labels.length - both - onlyA - onlyB;
        double variances = (double) (both + onlyA) * (onlyB + none) * (both + onlyB) * (onlyA + none);
        return ((double) both * none - (double) onlyA * onlyB) / Math.sqrt(variances);
    }

    /** A mean of those that are there. */
    private static final class Sums {
        private double sum;
        private int count;

        void add(double value) {
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }

        double mean() {
            return sum / count;
        }
    }
}

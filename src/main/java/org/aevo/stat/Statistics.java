package org.aevo.stat;

import java.util.Arrays;

/** What many values have in one number. They are expected to be finite, and in ascending order where that matters. */
public final class Statistics {
    private Statistics() {}

    /** A quantile by linear interpolation between the values (type 7 of Hyndman and Fan 1996); NaN of none. */
    public static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = share * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** NaN of none. */
    public static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** Standard deviation of a sample, of n - 1 degrees of freedom; NaN of fewer than two values. */
    public static double standardDeviation(double[] values) {
        if (values.length < 2) {
            return Double.NaN;
        }
        double mean = mean(values);
        double sum = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(sum / (values.length - 1));
    }
}

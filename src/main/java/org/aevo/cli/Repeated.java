package org.aevo.cli;

import java.util.Arrays;

/**
 * How numbers lie.
 *
 * @param mean NaN of none, as are the smallest and the largest
 * @param deviation standard deviation of a sample, with n - 1; NaN of fewer than two
 */
record Repeated(int count, double mean, double deviation, double smallest, double largest) {
    static Repeated of(double[] values) {
        int n = values.length;
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return new Repeated(
                n,
                mean,
                n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1)),
                Arrays.stream(values).min().orElse(Double.NaN),
                Arrays.stream(values).max().orElse(Double.NaN));
    }
}

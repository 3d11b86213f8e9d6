package org.aevo.stat;

import java.util.Arrays;

/**
 * What independent values, of runs with different seeds, tell about where others would lie.
 *
 * @param n values; those that are missing (NaN) or infinite do not count
 * @param sd standard deviation, of n - 1 degrees of freedom; NaN for less than two values
 * @param low lower end of the 95 % confidence interval of the mean, by Student's distribution; NaN likewise
 * @param high its upper end
 */
public record Summary(int n, double mean, double sd, double median, double min, double max, double low, double high) {
    public static final double CONFIDENCE = 0.95;

    public static Summary of(double... values) {
        double[] known = Arrays.stream(values).filter(Double::isFinite).toArray();
        int n = known.length;
        Spread spread = Spread.of(known);
        double mean = Statistics.mean(known);
        double sd = Statistics.standardDeviation(known);
        double half = n < 2 ? Double.NaN : StudentT.quantile(CONFIDENCE, n - 1) * sd / Math.sqrt(n);
        return new Summary(n, mean, sd, spread.median(), spread.min(), spread.max(), mean - half, mean + half);
    }
}

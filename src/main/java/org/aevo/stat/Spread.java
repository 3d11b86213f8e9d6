package org.aevo.stat;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * The middle and the range of repeats. The median of an even number is the mean of the middle two. Infinite values
 * (never reached) take part; all is NaN where there are no values.
 *
 * @param n values; those that are missing (NaN) do not count
 */
public record Spread(int n, double min, double median, double max) {

    public static Spread of(double... values) {
        double[] sorted =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        int n = sorted.length;
        if (n == 0) {
            return new Spread(0, Double.NaN, Double.NaN, Double.NaN);
        }
        double low = sorted[(n - 1) / 2];
        double high = sorted[n / 2];
        return new Spread(n, sorted[0], low == high ? low : (low + high) / 2, sorted[n - 1]);
    }

    /** Of a number that each of some things has. */
    public static <T> Spread of(Collection<T> things, ToDoubleFunction<T> number) {
        return of(things.stream().mapToDouble(number).toArray());
    }

    public Spread times(double factor) {
        return new Spread(n, factor * min, factor * median, factor * max);
    }

    public static Spread of(Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}

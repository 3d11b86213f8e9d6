package org.aevo.stat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A time as a sum of parts, each so much for every unit of something, none negative: the coefficients whose relative
 * deviations are smallest in sum, by least squares that are weighted again and again. Few values that are far off change
 * little.
 */
public final class CostFit {
    private static final int ROUNDS = 25;

    /** Of the largest: what is left of a part that others are made of. */
    private static final double SINGULAR = 1e-10;

    /** Relative deviations below this count alike. */
    private static final double FINE = 1e-3;

    /** By so much of it must a fit be better to take the place of one that was tried before. */
    private static final double BETTER = 1e-9;

    private CostFit() {}

    /**
     * The coefficient of each part.
     *
     * @param parts of each value: the units of each part, not negative
     * @param values positive, as many
     * @return zeros if there are no values
     */
    public static double[] of(double[][] parts, double[] values) {
        int n = parts.length == 0 ? 0 : parts[0].length;
        double[] scale = new double[n];
        for (double[] row : parts) {
            for (int p = 0; p < n; p++) {
                scale[p] = Math.max(scale[p], row[p]);
            }
        }
        double[] weights = new double[values.length];
        Arrays.setAll(weights, i -> 1 / (values[i] * values[i]));
        double[] fit = new double[n];
        for (int round = 0; round < ROUNDS; round++) {
            fit = leastSquares(parts, values, weights, scale);
            for (int i = 0; i < values.length; i++) {
                double deviation = Math.abs(values[i] - sum(fit, parts[i])) / values[i];
                weights[i] = 1 / (values[i] * values[i] * Math.max(FINE, deviation));
            }
        }
        return fit;
    }

    /** What the parts make together. */
    public static double sum(double[] coefficients, double[] parts) {
        double sum = 0;
        for (int p = 0; p < coefficients.length; p++) {
            sum += coefficients[p] * parts[p];
        }
        return sum;
    }

    /** The best of the fits by some of the parts that have no negative coefficient; of equals the first. */
    private static double[] leastSquares(double[][] parts, double[] values, double[] weights, double[] scale) {
        double[] best = new double[scale.length];
        double least = Double.POSITIVE_INFINITY;
        for (int chosen : subsets(scale.length)) {
            double[] fit = solve(parts, values, weights, scale, chosen);
            if (fit.length == 0 || Arrays.stream(fit).anyMatch(c -> c < 0)) {
                continue;
            }
            double error = 0;
            for (int i = 0; i < values.length; i++) {
                double off = values[i] - sum(fit, parts[i]);
                error += weights[i] * off * off;
            }
            if (error < least - BETTER * values.length) {
                least = error;
                best = fit;
            }
        }
        return best;
    }

    /** Few parts first, and among as many those with the last one: bits by part. */
    private static int[] subsets(int parts) {
        int last = 1 << parts >> 1;
        return IntStream.range(1, 1 << parts)
                .boxed()
                .sorted(Comparator.comparingInt((Integer subset) -> Integer.bitCount(subset))
                        .thenComparingInt(subset -> (subset & last) == 0 ? 1 : 0))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** By the normal equations of the chosen parts; empty where these are not independent. */
    private static double[] solve(double[][] parts, double[] values, double[] weights, double[] scale, int chosen) {
        int[] used = IntStream.range(0, scale.length)
                .filter(p -> (chosen >> p & 1) == 1 && scale[p] > 0)
                .toArray();
        int n = used.length;
        if (n == 0) {
            return new double[0];
        }
        double[][] equations = new double[n][n + 1];
        for (int i = 0; i < values.length; i++) {
            for (int a = 0; a < n; a++) {
                double x = parts[i][used[a]] / scale[used[a]];
                for (int b = 0; b < n; b++) {
                    equations[a][b] += weights[i] * x * parts[i][used[b]] / scale[used[b]];
                }
                equations[a][n] += weights[i] * x * values[i];
            }
        }
        double[] solution = eliminate(equations);
        double[] fit = new double[solution.length == 0 ? 0 : scale.length];
        for (int a = 0; a < solution.length; a++) {
            fit[used[a]] = solution[a] / scale[used[a]];
        }
        return fit;
    }

    private static double[] eliminate(double[][] rows) {
        int n = rows.length;
        double largest =
                IntStream.range(0, n).mapToDouble(i -> rows[i][i]).max().orElse(0);
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int r = column + 1; r < n; r++) {
                pivot = Math.abs(rows[r][column]) > Math.abs(rows[pivot][column]) ? r : pivot;
            }
            double[] swapped = rows[pivot];
            rows[pivot] = rows[column];
            rows[column] = swapped;
            if (!(Math.abs(rows[column][column]) > SINGULAR * largest)) {
                return new double[0];
            }
            for (int r = 0; r < n; r++) {
                if (r != column) {
                    double factor = rows[r][column] / rows[column][column];
                    for (int c = column; c <= n; c++) {
                        rows[r][c] -= factor * rows[column][c];
                    }
                }
            }
        }
        double[] solution = new double[n];
        Arrays.setAll(solution, i -> rows[i][n] / rows[i][i]);
        return solution;
    }
}

package org.aevo.baseline;

import org.bytedeco.openblas.global.openblas;

/**
 * Clean samples as linear functions of noisy ones, with an intercept and an L2 penalty on the weights (A. Hoerl, R.
 * Kennard, 1970, Ridge regression: biased estimation for nonorthogonal problems).
 */
public final class RidgeRegression {
    /** Penalties for each sample that are tried, of values in [0, 1]. */
    static final double[] PENALTIES = {1e-5, 1e-4, 1e-3, 1e-2, 1e-1};

    private static final int MAX_HELD_OUT = 1000;

    private final double penalty;
    /** {@code [output, input]}. */
    private final float[] weights;

    private final float[] intercept;

    RidgeRegression(double penalty, float[] weights, float[] intercept) {
        this.penalty = penalty;
        this.weights = weights;
        this.intercept = intercept;
    }

    /**
     * With the penalty, of five from 1e-5 to 0.1 for each sample, that has the lowest squared error on the last tenth of
     * the samples (at most 1,000) when it is fitted to the others; then fitted to all.
     *
     * @param noisy at least two samples
     * @param clean the same samples, with as many values, as they should be
     * @throws IllegalArgumentException also if a value is not finite
     */
    public static RidgeRegression fit(Rows noisy, Rows clean) {
        int count = noisy.count();
        if (count < 2) {
            throw new IllegalArgumentException("a regression that chooses its penalty needs at least two samples");
        }
        int fitted = count - Math.max(1, Math.min(MAX_HELD_OUT, count / 10));
        try (RidgeSums sums = RidgeSums.of(noisy, clean)) {
            sums.add(0, fitted);
            double best = Double.POSITIVE_INFINITY;
            double penalty = PENALTIES[0];
            for (double candidate : PENALTIES) {
                double error = error(sums.solve(candidate * fitted), noisy, clean, fitted);
                if (error < best) {
                    best = error;
                    penalty = candidate;
                }
            }
            sums.add(fitted, count);
            return sums.solve(penalty * count);
        }
    }

    /**
     * @param penalty times the sum of the squares of the weights is added to the sum of squared errors; more than 0
     */
    public static RidgeRegression fit(Rows noisy, Rows clean, double penalty) {
        if (!(penalty > 0 && penalty < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("penalty must be more than 0 and finite, was " + penalty);
        }
        try (RidgeSums sums = RidgeSums.of(noisy, clean)) {
            sums.add(0, noisy.count());
            return sums.solve(penalty);
        }
    }

    /** The sum of squares over the samples from {@code from} on. */
    private static double error(RidgeRegression regression, Rows noisy, Rows clean, int from) {
        double error = 0;
        for (int start = from; start < noisy.count(); start = Rows.end(start, noisy.count())) {
            int end = Rows.end(start, noisy.count());
            float[] told = regression.apply(noisy.values(start, end));
            float[] right = clean.values(start, end);
            for (int i = 0; i < told.length; i++) {
                double difference = (double) told[i] - right[i];
                error += difference * difference;
            }
        }
        return error;
    }

    /** That of the sum of squared weights, beside the sum of squared errors. */
    public double penalty() {
        return penalty;
    }

    /** {@code [output, input]}; not a copy. */
    float[] weights() {
        return weights;
    }

    /** Of each output; not a copy. */
    float[] intercept() {
        return intercept;
    }

    /**
     * @param noisy in C order [sample, value]
     * @return in C order [sample, value]; not clipped to the range of the samples
     */
    public float[] apply(float[] noisy) {
        int size = intercept.length;
        if (noisy.length % size != 0) {
            throw new IllegalArgumentException(noisy.length + " values are no whole number of samples of " + size);
        }
        float[] clean = new float[noisy.length];
        for (int i = 0; i < clean.length; i += size) {
            System.arraycopy(intercept, 0, clean, i, size);
        }
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasTrans,
                noisy.length / size,
                size,
                size,
                1,
                noisy,
                size,
                weights,
                size,
                1,
                clean,
                size);
        return clean;
    }
}

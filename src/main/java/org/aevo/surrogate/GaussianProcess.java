package org.aevo.surrogate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Gaussian process over vectors (Rasmussen and Williams 2006, algorithm 2.1), whose values may change while the vectors stay: they are
 * standardised to mean zero and the process's own variance.
 */
final class GaussianProcess {
    private static final double LEAST_VARIANCE = 1e-12;

    private final Kernel kernel;
    /** Scaled as the kernel does it. */
    private final List<double[]> vectors = new ArrayList<>();

    private final Cholesky factor = new Cholesky();
    private double mean;
    private double variance = 1;
    private double[] pull = {};

    GaussianProcess(Kernel kernel) {
        this.kernel = kernel;
    }

    int size() {
        return vectors.size();
    }

    void add(double[] vector) {
        double[] scaled = kernel.scaled(vector);
        double[] row = Arrays.copyOf(likeness(scaled), vectors.size() + 1);
        row[vectors.size()] = 1 + kernel.noise();
        factor.add(row);
        vectors.add(scaled);
    }

    /** Takes the last vectors away; values have to be given again. */
    void cut(int size) {
        factor.cut(size);
        vectors.subList(size, vectors.size()).clear();
    }

    /** @param values of the vectors, in their order */
    void values(double[] values) {
        mean = Arrays.stream(values).average().orElse(0);
        double[] centred = Arrays.stream(values).map(value -> value - mean).toArray();
        pull = factor.solve(centred);
        double square = 0;
        for (int i = 0; i < centred.length; i++) {
            square += centred[i] * pull[i];
        }
        variance = Math.max(LEAST_VARIANCE, values.length == 0 ? 1 : square / values.length);
    }

    Expectation at(double[] vector) {
        double[] likeness = likeness(kernel.scaled(vector));
        double left = 1;
        for (double z : factor.forward(likeness)) {
            left -= z * z;
        }
        return new Expectation(mean(likeness), Math.sqrt(Math.max(LEAST_VARIANCE, left) * variance));
    }

    /** The mean alone, which takes less. */
    double meanAt(double[] vector) {
        return mean(likeness(kernel.scaled(vector)));
    }

    private double mean(double[] likeness) {
        double sum = mean;
        for (int i = 0; i < likeness.length; i++) {
            sum += likeness[i] * pull[i];
        }
        return sum;
    }

    private double[] likeness(double[] scaled) {
        double[] likeness = new double[vectors.size()];
        for (int i = 0; i < likeness.length; i++) {
            likeness[i] = Kernel.between(scaled, vectors.get(i));
        }
        return likeness;
    }
}

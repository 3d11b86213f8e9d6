package org.aevo.train;

import java.util.Map;
import org.aevo.search.Figure;

/** Samples that no step sees, and how networks are measured on them. */
public interface Validation {

    /** Number of samples. */
    int count();

    /** Begins to measure a network. */
    Pass begin(Network network);

    /** One way through the samples, in their order. */
    interface Pass {
        /** Takes the samples {@code from} to {@code to - 1} in. */
        void add(int from, int to);

        /** What came of it, after the last sample. */
        Measured end();
    }

    /**
     * What a network is worth on the samples.
     *
     * @param score by which epochs are compared and training ends early; lower is better
     * @param validationLoss mean squared error per value; NaN where outputs are no samples
     * @param figures that are had on the way
     */
    record Measured(double score, double validationLoss, Map<Figure, Double> figures) {}

    /** By the mean squared error of outputs. */
    static Validation squaredError(Samples inputs, Samples targets) {
        return new SquaredError(inputs, targets);
    }
}

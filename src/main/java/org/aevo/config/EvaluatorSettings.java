package org.aevo.config;

import java.nio.file.Path;
import org.aevo.network.Shape;

/** What an evaluation is. */
public sealed interface EvaluatorSettings {

    /** Training on data. */
    record Training() implements EvaluatorSettings {}

    /**
     * Sleeping, with an invented fitness.
     *
     * @param shape of the samples that the networks would see
     */
    record Simulated(Durations durations, Shape shape) implements EvaluatorSettings {}

    /** How long simulated evaluations take. */
    sealed interface Durations {

        /** Always the same number of seconds. */
        record Constant(double seconds) implements Durations {}

        /**
         * Lognormal.
         *
         * @param mean in seconds
         * @param cv standard deviation over mean
         */
        record LogNormal(double mean, double cv) implements Durations {}

        /** Drawn from those of a recorded run, by its directory. */
        record Recorded(Path run) implements Durations {}
    }
}

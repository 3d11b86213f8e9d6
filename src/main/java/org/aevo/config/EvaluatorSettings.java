package org.aevo.config;

import org.aevo.genome.Shape;
import org.aevo.worker.DurationDistribution;

/** What an evaluation is. */
public sealed interface EvaluatorSettings {

    /** Training on data. */
    record Training() implements EvaluatorSettings {}

    /**
     * Sleeping, with an invented fitness.
     *
     * @param shape of the samples that the networks would see
     */
    record Simulated(DurationDistribution durations, Shape shape) implements EvaluatorSettings {}
}

package org.aevo.train;

import org.aevo.search.Evaluation;

/** Follows one training; called by the thread that trains, between its steps. */
public interface TrainingWatcher {
    /** Looks at nothing. */
    TrainingWatcher NONE = new TrainingWatcher() {};

    /**
     * After a gradient step.
     *
     * @param epoch from 1
     * @param samples that this epoch has seen
     * @param of that it will see
     */
    default void step(int epoch, int samples, int of) {}

    /** After an epoch and its validation. */
    default void epoch(Evaluation.Epoch point) {}
}

package org.aevo.train;

import org.aevo.search.EvaluationStatus;

/** How a training ended; the message is empty if it ended well. */
record TrainingEnd(EvaluationStatus status, String message) {
    static final TrainingEnd OK = new TrainingEnd(EvaluationStatus.OK, "");

    /** No result of a training that did not end well, but for what a time limit left. */
    boolean leavesResult() {
        return status == EvaluationStatus.OK || status == EvaluationStatus.TIME_LIMIT;
    }

    /**
     * The end of a candidate in one of several folds: the message says in which.
     *
     * @param fold from 1; 0 before the first
     */
    TrainingEnd in(int fold, int of) {
        return of == 1 || fold == 0 || message.isEmpty()
                ? this
                : new TrainingEnd(status, "fold " + fold + " of " + of + ": " + message);
    }
}

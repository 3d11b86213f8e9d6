package org.aevo.master;

import org.aevo.search.Candidate;

/**
 * A candidate on its way to an evaluation.
 *
 * @param attempt how often it was sent, from 1; 0 before the first time
 * @param losses how often the worker that had it was lost; a master that dies is no fault of the candidate
 */
record Assignment(Candidate candidate, int attempt, int losses) {

    static Assignment of(Candidate candidate) {
        return new Assignment(candidate, 0, 0);
    }

    Assignment nextAttempt() {
        return new Assignment(candidate, attempt + 1, losses);
    }

    Assignment lost() {
        return new Assignment(candidate, attempt, losses + 1);
    }
}

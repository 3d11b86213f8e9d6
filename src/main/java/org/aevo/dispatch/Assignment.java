package org.aevo.dispatch;

import org.aevo.search.Candidate;

/**
 * A candidate on its way to an evaluation.
 *
 * @param attempt how often it was sent, from 1; 0 before the first time
 * @param losses how often the worker that had it was lost; a master that dies is no fault of the candidate
 */
public record Assignment(Candidate candidate, int attempt, int losses) {

    /** Before it is sent for the first time. */
    public static Assignment of(Candidate candidate) {
        return new Assignment(candidate, 0, 0);
    }

    public long id() {
        return candidate.id();
    }

    public Assignment nextAttempt() {
        return new Assignment(candidate, attempt + 1, losses);
    }

    /** The same after its worker was lost while it was at it. */
    public Assignment lost() {
        return new Assignment(candidate, attempt, losses + 1);
    }
}

package org.aevo.master;

import org.aevo.search.Candidate;

/**
 * A candidate on its way to an evaluation.
 *
 * @param attempt from 1
 */
record Assignment(Candidate candidate, int attempt) {

    Assignment again() {
        return new Assignment(candidate, attempt + 1);
    }
}

package org.aevo.dispatch;

import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;

/** How long evaluations are expected to take. Only the order of the answers counts, so that any unit will do. */
@FunctionalInterface
public interface ExpectedDuration {
    /** The larger the longer; never NaN. */
    double of(Candidate candidate);

    /** An evaluation has come: what it took tells of others. */
    default void learn(Candidate candidate, Evaluation evaluation) {}
}

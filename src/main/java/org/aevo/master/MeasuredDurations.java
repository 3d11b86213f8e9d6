package org.aevo.master;

import org.aevo.dispatch.ExpectedDuration;
import org.aevo.record.LearntDuration;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;

/** Expects of a candidate what the run's record tells. */
record MeasuredDurations(LearntDuration learnt) implements ExpectedDuration {
    @Override
    public double of(Candidate candidate) {
        return learnt.of(candidate);
    }

    @Override
    public void learn(Candidate candidate, Evaluation evaluation) {
        learnt.learn(candidate, evaluation);
    }
}

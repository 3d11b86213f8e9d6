package org.aevo.cli;

import org.aevo.search.Candidate;
import org.aevo.search.Evaluator;

/**
 * An evaluator that says on which data it evaluates.
 *
 * @param data checksum of the split
 */
record OnData(Evaluator evaluator, String data) implements Evaluator {
    @Override
    public Outcome evaluate(Candidate candidate, long seed, double weightsBelow) {
        return evaluator.evaluate(candidate, seed, weightsBelow);
    }

    @Override
    public String device() {
        return evaluator.device();
    }

    @Override
    public int threads() {
        return evaluator.threads();
    }

    @Override
    public boolean simulated() {
        return evaluator.simulated();
    }

    @Override
    public void close() {
        evaluator.close();
    }
}

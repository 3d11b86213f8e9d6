package org.aevo.search;

import java.util.Optional;
import org.aevo.team.Collective;

/**
 * An evaluator that asks another one for all that it does not say itself: what adds something to an evaluator overrides that
 * alone, and forgets nothing of the rest.
 */
public abstract class ForwardingEvaluator implements Evaluator {
    private final Evaluator evaluator;

    protected ForwardingEvaluator(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    @Override
    public Outcome evaluate(Job job, Control control) {
        return evaluator.evaluate(job, control);
    }

    @Override
    public void join(Optional<Collective> members) {
        evaluator.join(members);
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
    public String data() {
        return evaluator.data();
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

package org.aevo.search;

import java.util.Optional;
import org.aevo.team.Collective;

/** Finds the fitness of candidates, one at a time, on one thread. */
public interface Evaluator extends AutoCloseable {

    /**
     * Evaluates a candidate. Whatever goes wrong with the candidate is a status of the result; only what makes the
     * evaluator itself useless is thrown.
     *
     * @param control hears of what is going on; evaluations that are not trainings tell it nothing
     */
    Outcome evaluate(Job job, Control control);

    /** Evaluates a candidate that nobody follows. */
    default Outcome evaluate(Job job) {
        return evaluate(job, Control.NONE);
    }

    /**
     * From now on this evaluator does its part of what a team evaluates: every member is asked for the same evaluations in
     * the same order, and the leader's outcome counts. When the team is lost meanwhile, {@link #evaluate} throws
     * {@link org.aevo.team.TeamLostException}.
     *
     * @param members empty for an evaluator that works alone again, as it does at first
     */
    default void join(Optional<Collective> members) {}

    /** What computes: {@code cpu} or a GPU's name. */
    String device();

    /** Threads that work on an evaluation at once. */
    default int threads() {
        return 1;
    }

    /** Checksum of the data that it evaluates on; empty if it needs none. */
    default String data() {
        return "";
    }

    /** Whether times and fitness are invented. */
    boolean simulated();

    @Override
    void close();

    /** An evaluation, with the weights of the epoch that gave its fitness if they were wanted. */
    record Outcome(Evaluation evaluation, Optional<Weights> weights) {}
}

package org.aevo.master;

import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;

/** Watches a run; called on the master's thread, so it must be quick. */
public interface RunListener {

    /**
     * An evaluation is durable and the strategy knows it.
     *
     * @param improved whether it is the best so far
     */
    void evaluated(Candidate candidate, Evaluation evaluation, Status status, boolean improved);

    /** Something that a user may like to know: a worker came. */
    void note(String message);

    /** Something that a user should know: a worker was lost, or cannot work. */
    void warning(String message);

    /** Called now and then, at least once a second. */
    void tick(Status status);

    /**
     * Where the run stands.
     *
     * @param evaluations told so far
     * @param running candidates that workers are at
     * @param workers that are ready or busy; teams where they work in teams
     */
    record Status(double elapsedSeconds, long evaluations, int running, int workers, double bestFitness) {}
}

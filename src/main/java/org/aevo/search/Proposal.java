package org.aevo.search;

/** A strategy's answer when it is asked for work. */
public sealed interface Proposal {

    /** Evaluate this. */
    record Next(Candidate candidate) implements Proposal {}

    /** Nothing for now: the strategy needs evaluations that are still out. */
    record Wait() implements Proposal {}

    /**
     * Nothing any more: no genome was found that was not proposed before, and no evaluation that is still out could
     * change that. Final.
     */
    record Exhausted(String reason) implements Proposal {}
}

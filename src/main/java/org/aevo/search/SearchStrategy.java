package org.aevo.search;

import java.util.List;
import java.util.Set;

/**
 * A search over genomes as a seeded state machine without clock, thread or file. The same seed and the same sequence
 * of calls give the same answers: resuming a run is replaying its calls.
 *
 * <p>A call of {@link #ask} that does not return a candidate changes nothing, so that it may be asked again at any
 * time. {@link Proposal.Exhausted} is final; {@link Proposal.Wait} is answered only while evaluations are out.
 */
public interface SearchStrategy {

    /** What to evaluate next. */
    Proposal ask();

    /**
     * Like {@link #ask} where a record says what it answered: a strategy may take its word for it, if that saves working the
     * answer out again. The state afterwards is the same.
     */
    default Proposal recall(Candidate recorded) {
        return ask();
    }

    /**
     * Whether its candidates come from outside: then they cannot be worked out again, {@link #recall} takes any, and it may answer
     * {@link Proposal.Wait} while nothing is out, and something else the next time.
     */
    default boolean isFedFromOutside() {
        return false;
    }

    /**
     * Takes the evaluation of a candidate that was asked before and not told yet.
     *
     * @return the evaluations that became part of the search with this one, in order: for an asynchronous search
     *     this one; for a generational one none until the generation is complete, then all of it by id; for a synchronous
     *     random one those whose predecessors have all come
     * @throws IllegalArgumentException if the candidate is not out
     */
    List<Insertion> tell(Evaluation evaluation);

    /**
     * Ids of the evaluated candidates that may be parents of candidates not asked for yet: whose trained weights are worth
     * keeping. None of a search whose candidates have no parents.
     */
    default Set<Long> prospectiveParents() {
        return Set.of();
    }
}

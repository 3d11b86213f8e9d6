package org.aevo.master;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.aevo.record.Entry;
import org.aevo.search.Evaluation;
import org.aevo.search.Insertion;
import org.aevo.search.Proposal;
import org.aevo.search.SearchStrategy;

/**
 * What is asked, out, to be sent again and told: the books between the strategy and the workers. Knows nothing of
 * links.
 */
final class Dispatch {
    private final SearchStrategy strategy;
    private final Ledger ledger;
    private final CostMeter costs;
    private final long limit;
    /** Sent before the strategy is asked; the oldest first, so that a generation is not held up by its last. */
    private final PriorityQueue<Assignment> again = new PriorityQueue<>(
            (a, b) -> Long.compare(a.candidate().id(), b.candidate().id()));

    private final Map<Long, Assignment> out = new HashMap<>();
    private long asked;
    private long told;
    private double bestFitness;
    private Optional<String> exhausted = Optional.empty();

    /**
     * @param limit candidates that are asked at most
     */
    Dispatch(Replay past, Ledger ledger, CostMeter costs, long limit) {
        this.strategy = past.strategy();
        this.ledger = ledger;
        this.costs = costs;
        this.limit = limit;
        this.asked = past.asked();
        this.told = past.told();
        this.bestFitness = past.bestFitness();
        again.addAll(past.outstanding());
        past.unrecorded().forEach(i -> ledger.enter(new Entry.Inserted(i, ledger.now())));
    }

    /** The next work to send, if there is any now. */
    Optional<Assignment> next() throws Exception {
        Assignment waiting = again.poll();
        if (waiting != null) {
            return Optional.of(waiting.nextAttempt());
        }
        if (asked >= limit) {
            return Optional.empty();
        }
        Proposal proposal = costs.ask(strategy::ask);
        if (proposal instanceof Proposal.Next next) {
            asked++;
            exhausted = Optional.empty();
            ledger.enter(new Entry.Asked(next.candidate(), ledger.now()));
            return Optional.of(Assignment.of(next.candidate()).nextAttempt());
        }
        if (proposal instanceof Proposal.Exhausted e) {
            exhausted = Optional.of(e.reason());
        } else if (out.isEmpty()) {
            throw new IllegalStateException("the strategy waits, but nothing is out");
        }
        return Optional.empty();
    }

    void sent(Assignment assignment, long worker) {
        out.put(assignment.candidate().id(), assignment);
        ledger.enter(new Entry.Dispatched(assignment.candidate().id(), assignment.attempt(), worker, ledger.now()));
    }

    /**
     * Work that will bring nothing is to be sent again.
     *
     * @param begun whether the worker may have begun it
     */
    void lost(Assignment assignment, long worker, String reason, boolean begun) {
        long id = assignment.candidate().id();
        out.remove(id);
        ledger.enter(new Entry.DispatchLost(id, assignment.attempt(), worker, ledger.now(), reason, begun));
        again.add(begun ? assignment.lost() : assignment);
    }

    /** Candidates that have lost their worker too often; they count as out until they are told. */
    List<Assignment> givenUp(int maxAttempts) {
        List<Assignment> hopeless = new ArrayList<>();
        again.removeIf(a -> a.losses() >= maxAttempts && hopeless.add(a));
        hopeless.forEach(a -> out.put(a.candidate().id(), a));
        return hopeless;
    }

    /** Tells the strategy of an evaluation that is durable. */
    List<Insertion> tell(Evaluation evaluation) throws Exception {
        out.remove(evaluation.id());
        told++;
        if (improves(evaluation)) {
            bestFitness = evaluation.fitness();
        }
        List<Insertion> insertions = costs.tell(() -> strategy.tell(evaluation));
        double now = ledger.now();
        insertions.forEach(i -> ledger.enter(new Entry.Inserted(i, now)));
        return insertions;
    }

    boolean improves(Evaluation evaluation) {
        return evaluation.hasFitness() && !(evaluation.fitness() >= bestFitness);
    }

    /** Whether this candidate is out in this attempt. */
    boolean isOut(long id, int attempt) {
        Assignment assignment = out.get(id);
        return assignment != null && assignment.attempt() == attempt;
    }

    int running() {
        return out.size();
    }

    long told() {
        return told;
    }

    /** NaN before the first. */
    double bestFitness() {
        return bestFitness;
    }

    /** Why there will never be work again; empty while something is out or there is more. */
    Optional<String> exhausted() {
        return out.isEmpty() && again.isEmpty() ? exhausted : Optional.empty();
    }
}

package org.aevo.search;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;

/**
 * The barrier of a generational search: a generation is handed out and evaluated wholly, then taken in by id, so that the run
 * does not depend on the order of arrival, and the next is made of what there is then.
 */
final class Generations {
    private final Progress progress;
    private final Maker maker;
    private final Queue<Candidate> waiting = new ArrayDeque<>();
    private final Map<Long, Told> told = new TreeMap<>();

    /** An evaluation of a generation, and of whom. */
    record Told(Candidate candidate, Evaluation evaluation) {}

    /** What a search does between two generations. */
    interface Maker {
        /** The next generation, with ids from {@link Progress#nextId} on; empty if nothing new was found. */
        List<Candidate> make(int generation);

        /** Takes in a whole generation, which is in order of ids. */
        List<Insertion> take(List<Told> generation);
    }

    Generations(Progress progress, Maker maker) {
        this.progress = progress;
        this.maker = maker;
        waiting.addAll(maker.make(0));
    }

    /** As {@link SearchStrategy#ask}. */
    Proposal ask() {
        Candidate next = waiting.poll();
        if (next != null) {
            progress.asked(next);
            return new Proposal.Next(next);
        }
        return progress.isAnyOut()
                ? new Proposal.Wait()
                : new Proposal.Exhausted(
                        "no genome was found that is not among the " + progress.nextId() + " evaluated already");
    }

    /** As {@link SearchStrategy#tell}. */
    List<Insertion> tell(Evaluation evaluation) {
        Candidate candidate = progress.returned(evaluation);
        told.put(candidate.id(), new Told(candidate, evaluation));
        if (!waiting.isEmpty() || progress.isAnyOut()) {
            return List.of();
        }
        List<Insertion> insertions = maker.take(List.copyOf(told.values()));
        told.clear();
        waiting.addAll(maker.make(candidate.generation() + 1));
        return insertions;
    }

    /** Candidates of the generation that may be parents of the next, since they have a fitness. */
    Set<Long> prospectiveParents() {
        Set<Long> ids = new HashSet<>();
        told.values().stream()
                .filter(t -> t.evaluation().hasFitness())
                .forEach(t -> ids.add(t.candidate().id()));
        return ids;
    }
}

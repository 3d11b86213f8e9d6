package org.aevo.ensemble;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Incumbent;
import org.aevo.search.Insertion;
import org.aevo.search.Proposal;
import org.aevo.search.SearchStrategy;

/**
 * Hands out the tasks of a plan in its order, each as soon as those that it needs were told. Nothing of what it hands out depends on
 * the order in which evaluations come, so that results are the same in either mode and with any number of workers.
 *
 * <p>The first parent of a classifier's candidate is the first training that it needs. The second is one of those that did not
 * end well: weights of later epochs than it came to are not waited for.
 */
public final class EnsembleSearch implements SearchStrategy {
    private final EnsemblePlan plan;
    private final boolean ordered;
    private final Map<Long, Candidate> out = new HashMap<>();
    private final Set<Long> told = new HashSet<>();
    private final Set<Long> failed = new HashSet<>();
    /** Told, but an earlier candidate is still out; ordered searches only. */
    private final NavigableMap<Long, Evaluation> early = new TreeMap<>();

    private long next;
    private long nextInserted;
    private Incumbent best = Incumbent.NONE;

    /** @param ordered whether evaluations are taken in by id, whatever order they come in */
    public EnsembleSearch(EnsemblePlan plan, boolean ordered) {
        this.plan = plan;
        this.ordered = ordered;
    }

    @Override
    public Proposal ask() {
        if (next == plan.size()) {
            return new Proposal.Exhausted("all " + plan.size() + " tasks of the ensemble are done");
        }
        PlannedTask task = plan.task(next);
        if (!told.containsAll(task.needs())) {
            return new Proposal.Wait();
        }
        long ended = task.needs().stream().filter(failed::contains).findFirst().orElse(Candidate.NONE);
        Candidate candidate = new Candidate(
                task.id(),
                task.task().repeat() - 1,
                task.needs().isEmpty() ? Candidate.NONE : task.needs().get(0),
                ended,
                task.task().toString(),
                task.design());
        out.put(candidate.id(), candidate);
        next++;
        return new Proposal.Next(candidate);
    }

    @Override
    public List<Insertion> tell(Evaluation evaluation) {
        if (out.remove(evaluation.id()) == null) {
            throw new IllegalArgumentException(
                    "candidate " + evaluation.id() + " was not asked for, or its evaluation was told before");
        }
        told.add(evaluation.id());
        if (evaluation.status() != EvaluationStatus.OK) {
            failed.add(evaluation.id());
        }
        if (!ordered) {
            return List.of(insertion(evaluation));
        }
        early.put(evaluation.id(), evaluation);
        List<Insertion> insertions = new ArrayList<>();
        for (Evaluation e = early.remove(nextInserted); e != null; e = early.remove(nextInserted)) {
            insertions.add(insertion(e));
            nextInserted++;
        }
        return insertions;
    }

    /** There is no population, which could have a mean and a diversity. */
    private Insertion insertion(Evaluation evaluation) {
        best = best.or(evaluation);
        return new Insertion(evaluation.id(), best.fitness(), Double.NaN, 0);
    }
}

package org.aevo.search;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Takes evaluations into a search that learns nothing from them: as they arrive, or by id, whatever order they come in, so
 * that the search is the same with any number of workers.
 */
final class InOrder {
    private final Progress progress;
    private final boolean ordered;
    /** Told, but an earlier candidate is still out; ordered searches only. */
    private final NavigableMap<Long, Returned> early = new TreeMap<>();

    private long nextInserted;

    private record Returned(Candidate candidate, Evaluation evaluation) {}

    InOrder(Progress progress, boolean ordered) {
        this.progress = progress;
        this.ordered = ordered;
    }

    /** As {@link SearchStrategy#tell}. */
    List<Insertion> tell(Evaluation evaluation) {
        Candidate candidate = progress.returned(evaluation);
        if (!ordered) {
            return List.of(progress.insert(candidate, evaluation));
        }
        early.put(candidate.id(), new Returned(candidate, evaluation));
        List<Insertion> insertions = new ArrayList<>();
        for (Returned next = early.remove(nextInserted); next != null; next = early.remove(nextInserted)) {
            insertions.add(progress.insert(next.candidate(), next.evaluation()));
            nextInserted++;
        }
        return insertions;
    }
}

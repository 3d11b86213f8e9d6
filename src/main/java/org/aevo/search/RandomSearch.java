package org.aevo.search;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.aevo.genome.SearchSpace;

/**
 * Random genomes, none twice: the baseline. It learns nothing and never waits; its population is the best so far, as
 * large as an evolution's, so that their progress can be compared.
 */
public final class RandomSearch implements SearchStrategy {
    private final CandidateSource source;
    private final Progress progress;
    private final boolean ordered;
    /** Told, but an earlier candidate is still out; ordered searches only. */
    private final NavigableMap<Long, Returned> early = new TreeMap<>();

    private long nextInserted;
    private boolean exhausted;

    private record Returned(Candidate candidate, Evaluation evaluation) {}

    /**
     * @param ordered whether evaluations are taken in by id, whatever order they come in, so that the search is the same
     *     with any number of workers
     */
    public RandomSearch(SearchSpace space, EvolutionSettings settings, boolean ordered, long seed) {
        this.ordered = ordered;
        this.source = new CandidateSource(space, settings, seed);
        this.progress = new Progress(settings.population());
    }

    @Override
    public Proposal ask() {
        // No evaluation changes what is drawn: once exhausted, for ever.
        if (!exhausted) {
            Optional<Candidate> candidate = source.random(progress.nextId(), 0);
            if (candidate.isPresent()) {
                progress.asked(candidate.get());
                return new Proposal.Next(candidate.get());
            }
            exhausted = true;
        }
        return new Proposal.Exhausted(
                "no genome was drawn that is not among the " + progress.nextId() + " proposed already");
    }

    @Override
    public Proposal recall(Candidate recorded) {
        if (recorded.id() != progress.nextId() || !source.recall(recorded)) {
            return ask();
        }
        progress.asked(recorded);
        return new Proposal.Next(recorded);
    }

    @Override
    public List<Insertion> tell(Evaluation evaluation) {
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

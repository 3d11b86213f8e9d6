package org.aevo.search;

import java.util.List;
import java.util.Optional;
import org.aevo.genome.SearchSpace;

/**
 * Random genomes, none twice: the baseline. It learns nothing and never waits; its population is the best so far, as
 * large as an evolution's, so that their progress can be compared.
 */
public final class RandomSearch implements SearchStrategy {
    private final CandidateSource source;
    private final Progress progress;
    private boolean exhausted;

    public RandomSearch(SearchSpace space, EvolutionSettings settings, long seed) {
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
    public List<Insertion> tell(Evaluation evaluation) {
        return List.of(progress.insert(progress.returned(evaluation), evaluation));
    }
}

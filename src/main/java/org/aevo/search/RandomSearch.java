package org.aevo.search;

import java.util.List;
import java.util.Optional;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;

/**
 * Random genomes, none twice: the baseline. It learns nothing and never waits; its population is the best so far, as
 * large as an evolution's, so that their progress can be compared.
 */
public final class RandomSearch implements SearchStrategy {
    private final CandidateSource source;
    private final Progress progress;
    private final InOrder taken;
    private boolean exhausted;

    /**
     * @param seeds the first candidates
     * @param ordered whether evaluations are taken in by id, whatever order they come in, so that the search is the same
     *     with any number of workers
     */
    public RandomSearch(SearchSpace space, EvolutionSettings settings, List<Genome> seeds, boolean ordered, long seed) {
        this.source = new CandidateSource(space, settings, seeds, seed);
        this.progress = new Progress(settings.population());
        this.taken = new InOrder(progress, ordered);
    }

    @Override
    public Proposal ask() {
        // No evaluation changes what is drawn: once exhausted, for ever.
        if (!exhausted) {
            long id = progress.nextId();
            Optional<Candidate> candidate = source.seed(id).or(() -> source.random(id, 0));
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
        return taken.tell(evaluation);
    }
}

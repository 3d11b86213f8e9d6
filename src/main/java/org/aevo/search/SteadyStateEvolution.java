package org.aevo.search;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;

/**
 * Evolution without a barrier, as a {@link Breeding} says: every evaluation enters the population as it arrives, a member leaves when it is
 * full, and every free worker gets a child of the population as it is. The seeds first, then random candidates until the minimum population
 * has been told and there are parents.
 *
 * <p>Where no new genome is found the answer is to wait as long as evaluations are out, since those may bring other
 * parents, and exhausted when none is.
 */
public final class SteadyStateEvolution implements SearchStrategy {
    private final CandidateSource source;
    private final Progress progress;
    private final Optional<Guide> guide;
    private final Breeding breeding;
    private final int minPopulation;
    /** Whether nothing new was found since the last tell: a memory of the answer, not a part of the state. */
    private boolean dry;

    public SteadyStateEvolution(SearchSpace space, EvolutionSettings settings, long seed) {
        this(space, settings, List.of(), seed);
    }

    /** @param seeds the first candidates */
    public SteadyStateEvolution(SearchSpace space, EvolutionSettings settings, List<Genome> seeds, long seed) {
        this(Breeding.GENETIC, space, settings, seeds, seed);
    }

    SteadyStateEvolution(
            Breeding breeding, SearchSpace space, EvolutionSettings settings, List<Genome> seeds, long seed) {
        this.source = new CandidateSource(space, settings, seeds, seed);
        this.breeding = breeding;
        this.guide = Guide.of(space, settings);
        this.progress = new Progress(breeding.population(settings));
        this.minPopulation = breeding.minPopulation(settings);
    }

    @Override
    public Proposal ask() {
        if (!dry) {
            Optional<Candidate> candidate = next(progress.nextId());
            if (candidate.isPresent()) {
                progress.asked(candidate.get());
                return new Proposal.Next(candidate.get());
            }
            dry = true;
        }
        return progress.isAnyOut()
                ? new Proposal.Wait()
                : new Proposal.Exhausted(
                        "no genome was found that is not among the " + progress.nextId() + " evaluated already");
    }

    @Override
    public Proposal recall(Candidate recorded) {
        if (recorded.id() != progress.nextId() || !source.recall(recorded)) {
            return ask();
        }
        progress.asked(recorded);
        return new Proposal.Next(recorded);
    }

    private Optional<Candidate> next(long id) {
        Optional<Candidate> seed = source.seed(id);
        if (seed.isPresent()) {
            return seed;
        }
        boolean parents =
                progress.told() >= minPopulation && progress.population().size() >= breeding.fewestParents();
        if (!parents) {
            return source.random(id, 0);
        }
        return guide.flatMap(g -> g.child(
                        source, id, CandidateSource.LINE, progress.population(), List.copyOf(progress.candidatesOut())))
                .or(() -> breeding.child(source, id, CandidateSource.LINE, progress.population()));
    }

    @Override
    public List<Insertion> tell(Evaluation evaluation) {
        breeding.check(evaluation);
        Candidate candidate = progress.returned(evaluation);
        dry = false;
        guide.ifPresent(g -> g.tell(candidate, evaluation));
        return List.of(progress.insert(candidate, evaluation));
    }

    @Override
    public Set<Long> prospectiveParents() {
        return progress.population().ids();
    }

    /** The members as they are now. */
    public List<Member> population() {
        return progress.population().members();
    }
}

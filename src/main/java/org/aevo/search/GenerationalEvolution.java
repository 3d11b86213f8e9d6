package org.aevo.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;

/**
 * Evolution with a barrier: a generation of lambda children is evaluated wholly, then taken in by id, so that the run does
 * not depend on the order of arrival; generation 0 is the seeds, and random candidates up to mu. Parents are the mu
 * best so far, which is the (mu + lambda) evolution; of a search that ages the mu youngest, where lambda children take the
 * places of the lambda oldest; of one of several objectives the mu whom NSGA-II keeps of parents and children.
 *
 * <p>A generation is made when the one before it is complete. It may be smaller where fewer new genomes are found, and
 * the search is exhausted where none is: nothing is out then that could bring others.
 */
public final class GenerationalEvolution implements SearchStrategy {
    private final CandidateSource source;
    private final Breeding breeding;
    private final Progress progress;
    private final Optional<Guide> guide;
    private final int first;
    private final int lambda;
    private final Generations generations;

    public GenerationalEvolution(SearchSpace space, EvolutionSettings settings, long seed) {
        this(space, settings, List.of(), seed);
    }

    /** @param seeds the first candidates */
    public GenerationalEvolution(SearchSpace space, EvolutionSettings settings, List<Genome> seeds, long seed) {
        this(Breeding.GENETIC, space, settings, seeds, seed);
    }

    GenerationalEvolution(
            Breeding breeding, SearchSpace space, EvolutionSettings settings, List<Genome> seeds, long seed) {
        this.source = new CandidateSource(space, settings, seeds, seed);
        this.breeding = breeding;
        this.guide = Guide.of(space, settings);
        this.progress = new Progress(breeding.population(settings));
        this.first = Math.max(settings.population(), source.seeds());
        this.lambda = settings.offspring();
        this.generations = new Generations(progress, new Maker());
    }

    @Override
    public Proposal ask() {
        return generations.ask();
    }

    @Override
    public List<Insertion> tell(Evaluation evaluation) {
        breeding.check(evaluation);
        return generations.tell(evaluation);
    }

    @Override
    public Set<Long> prospectiveParents() {
        Set<Long> ids = generations.prospectiveParents();
        ids.addAll(progress.population().ids());
        return ids;
    }

    /** The parents of the generation that is being evaluated, the best first. */
    public List<Member> population() {
        return progress.population().members();
    }

    private final class Maker implements Generations.Maker {
        @Override
        public List<Candidate> make(int generation) {
            List<Candidate> made = new ArrayList<>();
            int size = generation == 0 ? first : lambda;
            for (int i = 0; i < size; i++) {
                Optional<Candidate> candidate = candidate(progress.nextId() + i, generation, made);
                if (candidate.isEmpty()) {
                    return made;
                }
                made.add(candidate.get());
            }
            return made;
        }

        @Override
        public List<Insertion> take(List<Generations.Told> generation) {
            guide.ifPresent(g -> generation.forEach(told -> g.tell(told.candidate(), told.evaluation())));
            return breeding.take(progress, generation);
        }
    }

    /**
     * Random too where so many failed that there are no parents.
     *
     * @param made those of the generation before it
     */
    private Optional<Candidate> candidate(long id, int generation, List<Candidate> made) {
        Optional<Candidate> seed = source.seed(id);
        if (seed.isPresent()) {
            return seed;
        }
        if (progress.population().size() < breeding.fewestParents()) {
            return source.random(id, generation);
        }
        return guide.flatMap(g -> g.child(source, id, generation, progress.population(), made))
                .or(() -> breeding.child(source, id, generation, progress.population()));
    }
}

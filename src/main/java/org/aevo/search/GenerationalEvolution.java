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
        Set<Long> parents = progress.population().ids();
        parents.addAll(generations.waiting());
        return parents;
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
                Optional<Candidate> candidate = candidate(progress.nextId() + i, generation);
                if (candidate.isEmpty()) {
                    return made;
                }
                made.add(candidate.get());
            }
            return made;
        }

        @Override
        public List<Insertion> take(List<Generations.Told> generation) {
            return breeding.take(progress, generation);
        }
    }

    /** Random too where so many failed that there are no parents. */
    private Optional<Candidate> candidate(long id, int generation) {
        Optional<Candidate> seed = source.seed(id);
        if (seed.isPresent()) {
            return seed;
        }
        return progress.population().size() >= breeding.fewestParents()
                ? breeding.child(source, id, generation, progress.population())
                : source.random(id, generation);
    }
}

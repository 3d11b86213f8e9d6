package org.aevo.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;

/**
 * The (mu + lambda) evolution with a barrier: a generation of lambda children of the mu best so far is evaluated
 * wholly, then taken in by id, so that the run does not depend on the order of arrival; generation 0 is the
 * seeds, and random candidates up to mu. The best are never lost.
 *
 * <p>A generation is made when the one before it is complete. It may be smaller where fewer new genomes are found, and
 * the search is exhausted where none is: nothing is out then that could bring others.
 */
public final class GenerationalEvolution implements SearchStrategy {
    private final CandidateSource source;
    private final Progress progress;
    private final int lambda;
    private final Queue<Candidate> waiting = new ArrayDeque<>();
    private final Map<Long, Told> told = new TreeMap<>();

    private record Told(Candidate candidate, Evaluation evaluation) {}

    public GenerationalEvolution(SearchSpace space, EvolutionSettings settings, long seed) {
        this(space, settings, List.of(), seed);
    }

    /** @param seeds the first candidates */
    public GenerationalEvolution(SearchSpace space, EvolutionSettings settings, List<Genome> seeds, long seed) {
        this.source = new CandidateSource(space, settings, seeds, seed);
        this.progress = new Progress(settings.population());
        this.lambda = settings.offspring();
        prepare(0, Math.max(settings.population(), source.seeds()));
    }

    @Override
    public Proposal ask() {
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

    @Override
    public List<Insertion> tell(Evaluation evaluation) {
        Candidate candidate = progress.returned(evaluation);
        told.put(candidate.id(), new Told(candidate, evaluation));
        if (!waiting.isEmpty() || progress.isAnyOut()) {
            return List.of();
        }
        List<Insertion> insertions = new ArrayList<>();
        told.values().forEach(t -> insertions.add(progress.insert(t.candidate(), t.evaluation())));
        told.clear();
        prepare(candidate.generation() + 1, lambda);
        return insertions;
    }

    /** The parents of the generation that is being evaluated, the best first. */
    public List<Member> population() {
        return progress.population().members();
    }

    private void prepare(int generation, int size) {
        for (int i = 0; i < size; i++) {
            Optional<Candidate> candidate = candidate(progress.nextId() + i, generation);
            if (candidate.isEmpty()) {
                return;
            }
            waiting.add(candidate.get());
        }
    }

    /** Random too where so many failed that there are no two parents. */
    private Optional<Candidate> candidate(long id, int generation) {
        Optional<Candidate> seed = source.seed(id);
        if (seed.isPresent()) {
            return seed;
        }
        return progress.population().size() >= 2
                ? source.offspring(id, generation, progress.population())
                : source.random(id, generation);
    }
}

package org.aevo.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;

/**
 * Local search with a barrier (White, Nolen and Savani 2021): generation 0 is the seeds, and random candidates up to
 * the minimum population; the best of them is the first point. Each generation after it is a sample of new genomes at one
 * mutation from the point. The best of them is the next point if it is better; otherwise the generation that follows is one random
 * candidate, which is the point from which the search begins again.
 *
 * <p>The neighbourhood of a genome is too large to be enumerated: a point counts as an optimum when none of the sample was better.
 */
public final class GenerationalLocalSearch implements SearchStrategy {
    private final CandidateSource source;
    private final Progress progress;
    private final int first;
    private final int neighbours;
    private final Generations generations;
    /** The point, unless the search begins again; null then. */
    private Member point;
    /** The best of the generation that is taken in, if that is better than the point; null if none is. */
    private Member better;

    /** @param seeds the first candidates */
    public GenerationalLocalSearch(SearchSpace space, EvolutionSettings settings, List<Genome> seeds, long seed) {
        this.source = new CandidateSource(space, settings, seeds, seed);
        this.progress = new Progress(settings.population());
        this.first = Math.max(settings.minPopulation(), source.seeds());
        this.neighbours = settings.neighbours();
        this.generations = new Generations(progress, new Maker());
    }

    @Override
    public Proposal ask() {
        return generations.ask();
    }

    @Override
    public List<Insertion> tell(Evaluation evaluation) {
        return generations.tell(evaluation);
    }

    /** Whose neighbours are being evaluated; empty while random candidates are. */
    public Optional<Member> point() {
        return Optional.ofNullable(point);
    }

    private final class Maker implements Generations.Maker {
        @Override
        public List<Candidate> make(int generation) {
            point = better;
            better = null;
            List<Candidate> made = new ArrayList<>();
            if (point != null) {
                neighbours(generation, made);
            }
            if (made.isEmpty()) {
                point = null;
                random(generation, generation == 0 ? first : 1, made);
            }
            return made;
        }

        @Override
        public List<Insertion> take(List<Generations.Told> generation) {
            return generation.stream()
                    .map(told -> take(told.candidate(), told.evaluation()))
                    .toList();
        }

        private Insertion take(Candidate candidate, Evaluation evaluation) {
            if (evaluation.hasFitness()) {
                Member member = new Member(candidate, evaluation.fitness());
                Member best = better == null ? point : better;
                // Only a lower fitness is a step: among equal ones a search could wander for ever.
                if (best == null || member.fitness() < best.fitness()) {
                    better = member;
                }
            }
            return progress.insert(candidate, evaluation);
        }
    }

    private void neighbours(int generation, List<Candidate> made) {
        while (made.size() < neighbours) {
            Optional<Candidate> neighbour =
                    source.neighbour(progress.nextId() + made.size(), generation, point.candidate());
            if (neighbour.isEmpty()) {
                return;
            }
            made.add(neighbour.get());
        }
    }

    private void random(int generation, int size, List<Candidate> made) {
        while (made.size() < size) {
            long id = progress.nextId() + made.size();
            Optional<Candidate> candidate = source.seed(id).or(() -> source.random(id, generation));
            if (candidate.isEmpty()) {
                return;
            }
            made.add(candidate.get());
        }
    }
}

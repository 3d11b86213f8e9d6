package org.aevo.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How an evolution makes children, and which members they take the place of. */
enum Breeding {
    /** Two parents, crossover and every mutation with its own probability; the worst leaves. */
    GENETIC(2) {
        @Override
        Population population(EvolutionSettings settings) {
            return new Population(settings.population());
        }
    },
    /** The best of a sample, copied and mutated once; the oldest leaves (Real, Aggarwal, Huang and Le 2019). */
    AGING(1) {
        @Override
        Population population(EvolutionSettings settings) {
            return Population.aging(settings.population());
        }

        @Override
        int minPopulation(EvolutionSettings settings) {
            return settings.population();
        }

        @Override
        Optional<Candidate> child(CandidateSource source, long id, int generation, Population parents) {
            return source.mutant(id, generation, parents);
        }
    },
    /** Children as of {@link #GENETIC}, of several objectives; who stays is said by {@link NsgaPopulation}. */
    NSGA2(2) {
        @Override
        Population population(EvolutionSettings settings) {
            return new NsgaPopulation(settings.population());
        }

        @Override
        void check(Evaluation evaluation) {
            int objectives = evaluation.score().objectives().size();
            if (evaluation.hasFitness() && objectives < 2) {
                throw new IllegalArgumentException(
                        "candidate " + evaluation.id() + " was evaluated with " + objectives
                                + " objectives, and nsga2 needs at least 2: name them in task.objectives, or take another strategy");
            }
        }

        @Override
        List<Insertion> take(Progress progress, List<Generations.Told> generation) {
            return progress.insertAll(generation);
        }
    };

    private final int fewestParents;

    Breeding(int fewestParents) {
        this.fewestParents = fewestParents;
    }

    /** Members without which there is no child. */
    int fewestParents() {
        return fewestParents;
    }

    /** An empty population. */
    abstract Population population(EvolutionSettings settings);

    /** Evaluations before a search without generations has its first child. */
    int minPopulation(EvolutionSettings settings) {
        return settings.minPopulation();
    }

    /**
     * A new child, or a random candidate where none was found; empty if that was not new either.
     *
     * @param parents at least the fewest
     */
    Optional<Candidate> child(CandidateSource source, long id, int generation, Population parents) {
        return source.offspring(id, generation, parents);
    }

    /**
     * Looks at an evaluation before anything changes.
     *
     * @throws IllegalArgumentException if the evaluation lacks what the population needs
     */
    void check(Evaluation evaluation) {}

    /** Takes a whole generation in, which is in order of ids: one after the other, unless there is more to it. */
    List<Insertion> take(Progress progress, List<Generations.Told> generation) {
        List<Insertion> insertions = new ArrayList<>();
        generation.forEach(told -> insertions.add(progress.insert(told.candidate(), told.evaluation())));
        return insertions;
    }
}

package org.aevo.search;

import java.util.Optional;

/** How an evolution makes children, and which members they take the place of. */
enum Breeding {
    /** Two parents, crossover and every mutation with its own probability; the worst leaves. */
    GENETIC(2) {
        @Override
        Population population(EvolutionSettings settings) {
            return new Population(settings.population());
        }

        @Override
        int minPopulation(EvolutionSettings settings) {
            return settings.minPopulation();
        }

        @Override
        Optional<Candidate> child(CandidateSource source, long id, int generation, Population parents) {
            return source.offspring(id, generation, parents);
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
    abstract int minPopulation(EvolutionSettings settings);

    /**
     * A new child, or a random candidate where none was found; empty if that was not new either.
     *
     * @param parents at least the fewest
     */
    abstract Optional<Candidate> child(CandidateSource source, long id, int generation, Population parents);
}

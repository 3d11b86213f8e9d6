package org.aevo.search;

import org.aevo.genome.SearchSpace;

/** Makes search strategies. */
public final class Strategies {
    private Strategies() {}

    /**
     * A new strategy.
     *
     * @param mode for {@link StrategyKind#RANDOM} only the order in which evaluations are taken in
     * @throws IllegalArgumentException if no genome meets the limits of the space
     */
    public static SearchStrategy create(
            StrategyKind kind, Mode mode, SearchSpace space, EvolutionSettings settings, long seed) {
        return switch (kind) {
            case RANDOM -> new RandomSearch(space, settings, mode == Mode.SYNC, seed);
            case GENETIC ->
                switch (mode) {
                    case SYNC -> new GenerationalEvolution(space, settings, seed);
                    case ASYNC -> new SteadyStateEvolution(space, settings, seed);
                };
        };
    }
}

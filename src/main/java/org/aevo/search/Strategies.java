package org.aevo.search;

import org.aevo.genome.SearchSpace;

/** Makes search strategies. */
public final class Strategies {
    private Strategies() {}

    /**
     * A new strategy.
     *
     * @param mode ignored by {@link StrategyKind#RANDOM}
     * @throws IllegalArgumentException if no genome meets the limits of the space
     */
    public static SearchStrategy create(
            StrategyKind kind, Mode mode, SearchSpace space, EvolutionSettings settings, long seed) {
        throw new UnsupportedOperationException("follows");
    }
}

package org.aevo.cli;

import org.aevo.config.RunConfig;
import org.aevo.ensemble.EnsemblePlan;
import org.aevo.ensemble.EnsembleSearch;
import org.aevo.genome.SearchSpace;
import org.aevo.search.Mode;
import org.aevo.search.SearchStrategy;
import org.aevo.search.Strategies;

/** The search of an input. */
final class Searches {
    private Searches() {}

    /**
     * A new one.
     *
     * @param config with its seeds, or the networks of its ensemble, written out
     * @throws IllegalArgumentException if no genome meets the limits of the space, or there is nothing to list
     */
    static SearchStrategy of(RunConfig config, SearchSpace space) {
        if (config.makesEnsemble()) {
            return new EnsembleSearch(new EnsemblePlan(config.ensemble().settings()), config.mode() == Mode.SYNC);
        }
        return Strategies.create(
                config.strategy(), config.mode(), space, config.evolution(), config.seedDesigns(), config.seed());
    }
}

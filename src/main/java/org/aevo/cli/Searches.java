package org.aevo.cli;

import org.aevo.config.RunConfig;
import org.aevo.ensemble.EnsemblePlan;
import org.aevo.ensemble.EnsembleSearch;
import org.aevo.genome.SearchSpace;
import org.aevo.search.Mode;
import org.aevo.search.Requests;
import org.aevo.search.SearchStrategy;
import org.aevo.search.ServedDesigns;
import org.aevo.search.Strategies;
import org.aevo.search.StrategyKind;

/** The search of an input. */
final class Searches {
    private Searches() {}

    /**
     * A new one; of strategy served one that has nothing to serve.
     *
     * @param config with its seeds, or the networks of its ensemble, written out
     * @throws IllegalArgumentException if no genome meets the limits of the space, or there is nothing to list
     */
    static SearchStrategy of(RunConfig config, SearchSpace space) {
        return of(config, space, Requests.NONE);
    }

    /** @param requests what is evaluated by strategy served */
    static SearchStrategy of(RunConfig config, SearchSpace space, Requests requests) {
        if (config.strategy() == StrategyKind.SERVED) {
            return new ServedDesigns(requests, config.evolution().population());
        }
        if (config.makesEnsemble()) {
            return new EnsembleSearch(new EnsemblePlan(config.ensemble().settings()), config.mode() == Mode.SYNC);
        }
        return Strategies.create(
                config.strategy(), config.mode(), space, config.evolution(), config.seedDesigns(), config.seed());
    }
}

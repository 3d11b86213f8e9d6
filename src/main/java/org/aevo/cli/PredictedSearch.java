package org.aevo.cli;

import java.util.Optional;
import java.util.function.Function;
import org.aevo.config.EvaluatorSettings;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.data.DataException;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Classes;
import org.aevo.predict.Scenario;
import org.aevo.record.Inputs;
import org.aevo.search.EvolutionSettings;
import org.aevo.search.SearchStrategy;
import org.aevo.search.Strategies;

/** The search of a run's input, in the mode and with the seed of a scenario. */
final class PredictedSearch implements Function<Scenario, SearchStrategy> {
    private static final int FEWEST = 2;
    private static final int MOST = 1_000_000;

    private final RunConfig config;
    private final SearchSpace space;
    private final String population;

    /**
     * @param inputs what samples are, if the run's journal tells: then the data need not be here
     * @param population {@code run}, {@code workers} or a number
     * @throws CommandException if the shape of the run's data cannot be found out
     */
    PredictedSearch(RunConfig config, Optional<Inputs> inputs, String population) {
        this.config = config;
        this.population = population;
        this.space = space(config, inputs);
        if (!population.equals("run") && !population.equals("workers")) {
            number(population);
        }
    }

    private static SearchSpace space(RunConfig config, Optional<Inputs> inputs) {
        if (inputs.isPresent()) {
            return config.space()
                    .of(
                            inputs.get().shape(),
                            inputs.get().classes().map(Classes::count).orElse(0));
        }
        if (config.evaluator() instanceof EvaluatorSettings.Simulated simulated) {
            return config.space().of(simulated.shape(), TaskClasses.simulated(config));
        }
        try {
            return Evaluators.space(config);
        } catch (DataException e) {
            throw new CommandException(
                    "the search needs the shape of the run's data: " + e.getMessage() + "; predict where the data are",
                    e);
        }
    }

    private static int number(String text) {
        try {
            int size = Integer.parseInt(text);
            if (size >= FEWEST && size <= MOST) {
                return size;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InputException("--population must be run, workers or a number from " + FEWEST + " to " + MOST
                + ", was '" + text + "'");
    }

    @Override
    public SearchStrategy apply(Scenario scenario) {
        return Strategies.create(
                config.strategy(), scenario.mode(), space, evolution(scenario), config.seedDesigns(), scenario.seed());
    }

    private EvolutionSettings evolution(Scenario scenario) {
        EvolutionSettings own = config.evolution();
        if (population.equals("run")) {
            return own;
        }
        int size = population.equals("workers") ? Math.max(FEWEST, scenario.places()) : number(population);
        return new EvolutionSettings(
                size,
                size,
                Math.min(size, own.minPopulation()),
                Math.min(size, own.tournament()),
                size,
                own.maxTries(),
                own.rates(),
                own.guide(),
                own.usualFirst());
    }
}

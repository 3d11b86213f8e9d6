package org.aevo.predict;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.aevo.genome.Family;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Shape;
import org.aevo.search.EvolutionSettings;
import org.aevo.search.Mode;
import org.aevo.search.SearchStrategy;
import org.aevo.search.Strategies;
import org.aevo.search.StrategyKind;

/** What predictions are made of, for tests. */
final class Searches {
    static final SearchSpace SPACE = SearchSpace.defaults(Family.MIXED, new Shape(1, 28, 28), 8);

    private Searches() {}

    /** Genetic searches with a population, and generations, of this size. */
    static Function<Scenario, SearchStrategy> population(int size) {
        EvolutionSettings d = EvolutionSettings.defaults();
        EvolutionSettings settings =
                new EvolutionSettings(size, size, Math.min(size, 4), Math.min(size, 2), d.maxTries(), d.rates());
        return scenario -> Strategies.create(StrategyKind.GENETIC, scenario.mode(), SPACE, settings, scenario.seed());
    }

    static Function<Scenario, SearchStrategy> random() {
        return scenario -> Strategies.create(
                StrategyKind.RANDOM, scenario.mode(), SPACE, EvolutionSettings.defaults(), scenario.seed());
    }

    static Scenario scenario(Mode mode, int workers, long evaluations) {
        return Scenario.of(mode, workers, evaluations, 1, Draw.ALL);
    }

    /** Durations drawn from a lognormal distribution. */
    static double[] logNormal(int count, double mean, double cv) {
        SplittableRandom random = new SplittableRandom(5);
        double variance = Math.log1p(cv * cv);
        double[] seconds = new double[count];
        for (int i = 0; i < count; i++) {
            seconds[i] = Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * random.nextGaussian());
        }
        return seconds;
    }

    static double[] constant(int count, double seconds) {
        double[] all = new double[count];
        Arrays.fill(all, seconds);
        return all;
    }
}

package org.aevo.genome.variation;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Hyperparameters;

/** The mutations of what is no part of a section: each of these parameters has its own, with its own rate. */
public final class MutateHyperparameters implements Mutation {
    private final String name;
    private final double rate;
    private final Fit fit;
    private final BiFunction<Genome, RandomGenerator, Genome> change;

    private MutateHyperparameters(
            String name, double rate, SearchSpace space, BiFunction<Genome, RandomGenerator, Genome> change) {
        this.name = name;
        this.rate = rate;
        this.fit = new Fit(space);
        this.change = change;
    }

    /** Changes the learning rate as {@link VariationRates#steps} says; three significant digits remain. */
    public static Mutation learningRate(SearchSpace space, VariationRates rates) {
        if (rates.steps() == VariationRates.Steps.RELATIVE) {
            return learningRate("mutate-learning-rate", rates.mutateLearningRate(), space);
        }
        return new MutateHyperparameters(
                "mutate-learning-rate", rates.mutateLearningRate(), space, (genome, random) -> {
                    Hyperparameters h = genome.hyperparameters();
                    double rate = Draw.otherRate(space.learningRate(), h.learningRate(), rates.sigma(), random);
                    return genome.withHyperparameters(new Hyperparameters(h.optimizer(), rate, h.batchSize()));
                });
    }

    /** The same, under the name that Real et al. 2017 have for it. */
    static Mutation alterLearningRate(SearchSpace space) {
        return learningRate("alter-learning-rate", 1, space);
    }

    /** Multiplies the learning rate by a log-uniform factor in [0.5, 2]. */
    private static Mutation learningRate(String name, double rate, SearchSpace space) {
        return new MutateHyperparameters(name, rate, space, (genome, random) -> {
            Hyperparameters h = genome.hyperparameters();
            double factor = StrictMath.pow(2, 2 * random.nextDouble() - 1);
            return genome.withHyperparameters(new Hyperparameters(
                    h.optimizer(), Draw.threeDigits(space.learningRate(), h.learningRate() * factor), h.batchSize()));
        });
    }

    /** Takes another batch size. */
    public static Mutation batchSize(SearchSpace space, VariationRates rates) {
        return new MutateHyperparameters("mutate-batch-size", rates.mutateBatchSize(), space, (genome, random) -> {
            Hyperparameters h = genome.hyperparameters();
            return genome.withHyperparameters(new Hyperparameters(
                    h.optimizer(), h.learningRate(), Draw.otherChoice(space.batchSizes(), h.batchSize(), random)));
        });
    }

    /** Takes another optimizer. */
    public static Mutation optimizer(SearchSpace space, VariationRates rates) {
        return new MutateHyperparameters("mutate-optimizer", rates.mutateOptimizer(), space, (genome, random) -> {
            Hyperparameters h = genome.hyperparameters();
            return genome.withHyperparameters(new Hyperparameters(
                    Draw.otherChoice(space.optimizers(), h.optimizer(), random), h.learningRate(), h.batchSize()));
        });
    }

    /** Takes another upscaling; changes nothing where no gene shrinks. */
    public static Mutation upscaling(SearchSpace space, VariationRates rates) {
        return new MutateHyperparameters(
                "mutate-upscaling",
                rates.mutateUpscaling(),
                space,
                (genome, random) ->
                        genome.withUpscaling(Draw.otherChoice(space.upscalings(), genome.upscaling(), random)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double rate() {
        return rate;
    }

    @Override
    public Optional<Genome> apply(Genome genome, RandomGenerator random) {
        return fit.first(genome, () -> change.apply(genome, random), random);
    }
}

package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Upscaling;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;

/**
 * What an evolution from nothing begins with (Real et al., "Large-Scale Evolution of Image Classifiers", ICML 2017): the
 * smallest genome of a space, which has no hidden layer where the space needs none, with a learning rate of {@value #RATE} or
 * the nearest that the space has. Optimizer, batch size and upscaling, which no mutation of that evolution changes, are
 * drawn: where the space has one choice of each all of these genomes are equal.
 */
public final class TrivialGenomes {
    private static final double RATE = 0.1;

    private final List<Genome> choices = new ArrayList<>();

    /**
     * For one space.
     *
     * @throws IllegalArgumentException if no genome meets its limits
     */
    public TrivialGenomes(SearchSpace space) {
        Genome smallest = SmallestGenome.of(space);
        double rate = space.learningRate().clamp(RATE);
        List<Upscaling> upscalings = smallest.shrinks() ? space.upscalings() : List.of(smallest.upscaling());
        for (Optimizer optimizer : space.optimizers()) {
            for (int batchSize : space.batchSizes()) {
                for (Upscaling upscaling : upscalings) {
                    Genome genome = smallest.withUpscaling(upscaling)
                            .withHyperparameters(new Hyperparameters(optimizer, rate, batchSize));
                    if (space.contains(genome)) {
                        choices.add(genome);
                    }
                }
            }
        }
    }

    /** A genome that is in the space. */
    public Genome next(RandomGenerator random) {
        return Draw.choice(choices, random);
    }
}

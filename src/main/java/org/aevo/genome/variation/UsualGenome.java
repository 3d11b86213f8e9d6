package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.IntRange;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.SectionSpace;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;

/**
 * The network that people would try first in a space: two hidden layers, dense ones of a half and a quarter of the most units,
 * convolutions of 3 by 3 with stride 2 and half and all of the most filters, and one dense layer behind them where there may be one;
 * ReLU, no dropout, no normalisation; Adam with a learning rate of {@value #RATE} and batches of {@value #BATCH}. Where the space
 * has no such value, the nearest or the first that it has.
 */
public final class UsualGenome {
    private static final double RATE = 0.001;
    private static final int BATCH = 32;
    private static final int KERNEL = 3;
    private static final int STEP = 2;
    private static final int HIDDEN = 2;

    private UsualGenome() {}

    /**
     * That of a space.
     *
     * @throws IllegalArgumentException if no genome meets its limits
     */
    public static Genome of(SearchSpace space) {
        Map<Role, Section> sections = new EnumMap<>(Role.class);
        for (Role role : space.roles()) {
            sections.put(role, section(space, role));
        }
        Optimizer optimizer = space.optimizers().contains(Optimizer.ADAM)
                ? Optimizer.ADAM
                : space.optimizers().get(0);
        Hyperparameters training =
                new Hyperparameters(optimizer, space.learningRate().clamp(RATE), nearest(space.batchSizes(), BATCH));
        Upscaling upscaling = space.upscalings().contains(Upscaling.UPSAMPLING)
                ? Upscaling.UPSAMPLING
                : space.upscalings().get(0);
        return new Fit(space)
                .shrunk(space.genome(sections, upscaling, training))
                .orElseGet(() -> SmallestGenome.of(space).withHyperparameters(training));
    }

    private static Section section(SearchSpace space, Role role) {
        SectionSpace bounds = space.section(role);
        List<Gene> genes = new ArrayList<>();
        Family family = space.family(role);
        if (family != Family.DENSE) {
            int spatial = Math.min(HIDDEN, bounds.maxGenes());
            for (int i = 0; i < spatial; i++) {
                genes.add(convolution(space, role, part(bounds.filters(), spatial - i)));
            }
        }
        int dense = family == Family.DENSE ? HIDDEN : family == Family.MIXED ? 1 : 0;
        for (int i = 1; i <= dense && genes.size() < bounds.maxGenes(); i++) {
            genes.add(new Gene.Dense(part(bounds.units(), 1 << i), activation(bounds), 0));
        }
        if (role.enlarges()) {
            Collections.reverse(genes);
        }
        return Section.of(genes);
    }

    private static Gene convolution(SearchSpace space, Role role, int filters) {
        SectionSpace bounds = space.section(role);
        int kernel = bounds.kernel().clamp(KERNEL);
        int step = nearest(bounds.strides(), STEP);
        return role.enlarges()
                ? new Gene.Upconvolution(
                        filters, kernel, step, space.upscalings().get(0), activation(bounds), false)
                : new Gene.Convolution(filters, kernel, step, activation(bounds), false);
    }

    private static Activation activation(SectionSpace bounds) {
        return bounds.activations().contains(Activation.RELU)
                ? Activation.RELU
                : bounds.activations().get(0);
    }

    private static int part(IntRange range, int of) {
        return range.clamp(range.max() / of);
    }

    private static int nearest(List<Integer> choices, int wanted) {
        int nearest = choices.get(0);
        for (int choice : choices) {
            nearest = Math.abs(choice - wanted) < Math.abs(nearest - wanted) ? choice : nearest;
        }
        return nearest;
    }
}

package org.aevo.genome.variation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Upscaling;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;

/**
 * A genome that meets the limits of a space if any does. Parameters, layers and memory only grow with filters, kernels,
 * units, batch size and batch normalisation, so those take their least values and only the chains are searched, short
 * ones first: a convolution, what shrinks the image further, at most one dense gene. The search ends after
 * {@value #MOST_CHAINS} chains, more than an image of 1024x1024 has with one stride and one pooling.
 */
final class SmallestGenome {
    private static final int MOST_CHAINS = 20_000;

    private final SearchSpace space;
    private long parameters = Long.MAX_VALUE;
    private long memory = Long.MAX_VALUE;
    private int layers = Integer.MAX_VALUE;

    private SmallestGenome(SearchSpace space) {
        this.space = space;
    }

    /**
     * The genome.
     *
     * @throws IllegalArgumentException if none was found; the message compares the smallest networks with the limits
     */
    static Genome of(SearchSpace space) {
        return new SmallestGenome(space).search();
    }

    private Genome search() {
        Deque<List<Gene>> chains = new ArrayDeque<>();
        chains.add(List.of());
        for (int seen = 0; seen < MOST_CHAINS && !chains.isEmpty(); seen++) {
            List<Gene> chain = chains.remove();
            if (!chain.isEmpty()) {
                for (Upscaling upscaling : space.upscalings()) {
                    Genome genome = genome(chain, upscaling);
                    List<String> violations = space.violations(genome);
                    if (violations.isEmpty()) {
                        return genome;
                    }
                    measure(genome);
                }
            }
            if (chain.size() < space.maxGenes()) {
                for (Gene next : followers(chain)) {
                    List<Gene> longer = new ArrayList<>(chain);
                    longer.add(next);
                    chains.add(longer);
                }
            }
        }
        throw new IllegalArgumentException(message());
    }

    private List<Gene> followers(List<Gene> chain) {
        boolean first = chain.isEmpty();
        if (!first && !chain.get(chain.size() - 1).spatial()) {
            return List.of();
        }
        List<Gene> next = new ArrayList<>();
        if (space.family() != Family.DENSE) {
            int side = side(chain);
            for (int stride : space.strides()) {
                // A further convolution that does not shrink only adds to a network.
                if (side > 1 && stride <= side && (first || stride > 1)) {
                    next.add(new Gene.Convolution(
                            space.filters().min(),
                            space.kernel().min(),
                            stride,
                            space.activations().get(0),
                            false));
                }
            }
            for (int size : space.poolSizes()) {
                if (!first && side > 1 && size <= side) {
                    next.add(new Gene.MaxPooling(size));
                }
            }
        }
        if (space.family() != Family.CONVOLUTIONAL) {
            next.add(new Gene.Dense(space.units().min(), space.activations().get(0), 0));
        }
        return next;
    }

    private int side(List<Gene> chain) {
        int side = space.input().side();
        for (Gene gene : chain) {
            side = (side - 1) / gene.step() + 1;
        }
        return side;
    }

    private Genome genome(List<Gene> chain, Upscaling upscaling) {
        return new Genome(
                chain,
                space.latent(),
                upscaling,
                new Hyperparameters(
                        space.optimizers().get(0), space.learningRate().min(), Collections.min(space.batchSizes())));
    }

    private void measure(Genome genome) {
        Blueprint network = space.blueprint(genome);
        parameters = Math.min(parameters, network.parameters());
        layers = Math.min(layers, network.depth());
        memory = Math.min(memory, network.trainingBytes(genome.hyperparameters().batchSize()));
    }

    private String message() {
        if (parameters == Long.MAX_VALUE) {
            return "no encoder fits the input " + space.input() + ": its strides " + space.strides()
                    + " are larger than the image";
        }
        return "no network meets the limits of the search space: the smallest has " + parameters
                + " parameters (at most " + space.maxParameters() + " allowed), " + layers + " layers (at most "
                + space.maxLayers() + "), " + memory + " bytes of training memory (at most " + space.maxMemoryBytes()
                + "); raise the limits or lower the least filters, units, kernel or batch size";
    }
}

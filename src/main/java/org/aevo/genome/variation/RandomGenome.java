package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Hyperparameters;

/**
 * Random genomes of a space: uniform over the number of genes (and, in the mixed family, over how many of them are
 * spatial), log-uniform for filters, units and the learning rate, uniform for everything else. Where the limits refuse
 * a genome others of its length are tried, then it is made smaller, then shorter.
 */
public final class RandomGenome {
    private static final int TRIES = 8;

    private final SearchSpace space;
    private final RandomGene genes;
    private final Fit fit;
    private final Genome smallest;

    /**
     * For one space.
     *
     * @throws IllegalArgumentException if no genome meets its limits
     */
    public RandomGenome(SearchSpace space, VariationRates rates) {
        this.space = space;
        this.genes = new RandomGene(space, rates);
        this.fit = new Fit(space);
        this.smallest = SmallestGenome.of(space);
    }

    /** A genome that is in the space. */
    public Genome next(RandomGenerator random) {
        for (int length = 1 + random.nextInt(space.maxGenes()); length > 0; length--) {
            Genome genome = genome(length, random);
            for (int i = 1; i < TRIES && !space.contains(genome); i++) {
                genome = genome(length, random);
            }
            Optional<Genome> fitting = fit.shrunk(genome);
            if (fitting.isPresent()) {
                return fitting.get();
            }
        }
        return smallest.withHyperparameters(new Hyperparameters(
                Draw.choice(space.optimizers(), random),
                Draw.rate(space.learningRate(), random),
                smallest.hyperparameters().batchSize()));
    }

    private Genome genome(int length, RandomGenerator random) {
        int spatial =
                switch (space.family()) {
                    case DENSE -> 0;
                    case CONVOLUTIONAL -> length;
                    case MIXED -> random.nextInt(length + 1);
                };
        List<Gene> encoder = spatialPart(spatial, random);
        // What the image had no room for becomes dense, where the family allows it.
        while (encoder.size() < length && space.family() != Family.CONVOLUTIONAL) {
            encoder.add(genes.dense(random));
        }
        return new Genome(
                encoder,
                space.latent(),
                Draw.choice(space.upscalings(), random),
                new Hyperparameters(
                        Draw.choice(space.optimizers(), random),
                        Draw.rate(space.learningRate(), random),
                        Draw.choice(space.batchSizes(), random)));
    }

    /** As many spatial genes, if the image has room: a gene prefers steps that leave an image for those to come. */
    private List<Gene> spatialPart(int length, RandomGenerator random) {
        List<Gene> part = new ArrayList<>();
        int side = space.input().side();
        while (part.size() < length && side > 1) {
            boolean last = part.size() == length - 1;
            List<Integer> strides = steps(space.strides(), side, !last);
            List<Integer> pools = part.isEmpty() ? List.of() : steps(space.poolSizes(), side, !last);
            if (strides.isEmpty() && pools.isEmpty()) {
                strides = steps(space.strides(), side, false);
                pools = part.isEmpty() ? List.of() : steps(space.poolSizes(), side, false);
            }
            if (strides.isEmpty() && pools.isEmpty()) {
                break;
            }
            Gene gene = genes.spatial(part.isEmpty(), strides, pools, random);
            part.add(gene);
            side = after(side, gene.step());
        }
        return part;
    }

    private static List<Integer> steps(List<Integer> choices, int side, boolean imageMustRemain) {
        return choices.stream()
                .filter(s -> s <= side && (!imageMustRemain || after(side, s) > 1))
                .toList();
    }

    private static int after(int side, int step) {
        return (side - 1) / step + 1;
    }
}

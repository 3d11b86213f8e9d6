package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Upscaling;
import org.aevo.network.Hyperparameters;

/**
 * The head of one encoder and the tail of another, cut on gene borders that need not be at the same place, so that a
 * child may be longer or shorter than both. Only borders are joined that keep dense genes behind spatial ones; each
 * training parameter, and the upscaling, comes from either parent.
 */
public final class OnePointCrossover {
    private final SearchSpace space;
    private final Fit fit;

    public OnePointCrossover(SearchSpace space) {
        this.space = space;
        this.fit = new Fit(space);
    }

    /**
     * A child of two genomes of the space.
     *
     * @return a genome in the space that differs from both; empty if no cut of the two gives one
     */
    public Optional<Genome> apply(Genome a, Genome b, RandomGenerator random) {
        Hyperparameters mixed = hyperparameters(a.hyperparameters(), b.hyperparameters(), random);
        Upscaling upscaling = random.nextBoolean() ? a.upscaling() : b.upscaling();
        List<Cut> cuts = cuts(a.encoder().genes(), b.encoder().genes());
        while (!cuts.isEmpty()) {
            int drawn = random.nextInt(cuts.size());
            Cut cut = cuts.get(drawn);
            cuts.set(drawn, cuts.get(cuts.size() - 1));
            cuts.remove(cuts.size() - 1);
            List<Gene> encoder = new ArrayList<>(a.encoder().genes().subList(0, cut.head()));
            encoder.addAll(b.encoder().genes().subList(cut.tail(), b.encoder().size()));
            Genome child = fit.settled(new Genome(encoder, space.latent(), upscaling, mixed), random);
            if (!child.equals(a) && !child.equals(b) && space.contains(child)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** Genes taken from the first parent's front, and where the second parent's rest begins. */
    private record Cut(int head, int tail) {}

    private List<Cut> cuts(List<Gene> a, List<Gene> b) {
        List<Cut> cuts = new ArrayList<>();
        for (int head = 0; head <= a.size(); head++) {
            for (int tail = 0; tail <= b.size(); tail++) {
                int length = head + b.size() - tail;
                boolean joins = head == 0
                        || tail == b.size()
                        || a.get(head - 1).spatial()
                        || !b.get(tail).spatial();
                if (length > 0 && length <= space.maxGenes() && joins) {
                    cuts.add(new Cut(head, tail));
                }
            }
        }
        return cuts;
    }

    private static Hyperparameters hyperparameters(Hyperparameters a, Hyperparameters b, RandomGenerator random) {
        return new Hyperparameters(
                random.nextBoolean() ? a.optimizer() : b.optimizer(),
                random.nextBoolean() ? a.learningRate() : b.learningRate(),
                random.nextBoolean() ? a.batchSize() : b.batchSize());
    }
}

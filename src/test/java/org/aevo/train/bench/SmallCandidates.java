package org.aevo.train.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.IntRange;
import org.aevo.genome.SearchSpaceBuilder;
import org.aevo.genome.Upscaling;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Activation;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Job;
import org.aevo.train.Draws;
import org.aevo.train.Engine;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;

/**
 * Small random candidates of all kinds, two epochs of 96 samples each, weights taken from each: the same ones again after
 * every {@value #DIFFERENT}, so that memory that grows does not do so for a candidate that is larger than those before.
 */
final class SmallCandidates implements AutoCloseable {
    static final int DIFFERENT = 50;

    private static final Shape SHAPE = new Shape(1, 28, 28);

    private final List<Genome> genomes = new ArrayList<>();
    private final Trainer trainer;
    private long evaluated;

    /**
     * Takes the engine over.
     *
     * @param graphs whether they have skips, and half of them decoders of their own
     */
    SmallCandidates(Engine engine, boolean graphs) {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < DIFFERENT; i++) {
            genomes.add(graphs ? graph(i % 2 == 0, random) : genome(random));
        }
        TrainingSettings settings = new TrainingSettings(2, 2, 0, Double.POSITIVE_INFINITY, 1e6, 0);
        trainer = new Trainer(
                engine,
                g -> g.unfold(SHAPE, Activation.SIGMOID),
                Draws.samples(SHAPE, 96, random),
                Draws.samples(SHAPE, 32, random),
                settings);
    }

    Evaluation next() {
        Genome genome = genomes.get((int) (evaluated % DIFFERENT));
        evaluated++;
        Candidate candidate = new Candidate(evaluated, 0, Candidate.NONE, Candidate.NONE, "random", genome);
        return trainer.evaluate(new Job(candidate, evaluated, Double.POSITIVE_INFINITY))
                .evaluation();
    }

    @Override
    public void close() {
        trainer.close();
    }

    private static Genome graph(boolean free, SplittableRandom random) {
        SearchSpaceBuilder space = new SearchSpaceBuilder(Family.MIXED, SHAPE, 16)
                .filters(new IntRange(1, 16))
                .units(new IntRange(8, 128))
                .maxSkips(4)
                .maxParameters(500_000);
        RandomGenome genomes = new RandomGenome(
                (free ? space.freeDecoder() : space).build(),
                VariationRates.defaults().withSkips(0.5, 0.1));
        Genome genome;
        do {
            genome = genomes.next(random);
        } while (genome.sections().values().stream()
                .allMatch(section -> section.skips().isEmpty()));
        return genome;
    }

    private static Genome genome(SplittableRandom random) {
        Activation[] activations = Activation.values();
        List<Gene> genes = new ArrayList<>();
        int convolutions = random.nextInt(4);
        for (int i = 0; i < convolutions; i++) {
            genes.add(new Gene.Convolution(
                    1 + random.nextInt(16),
                    2 + random.nextInt(4),
                    1 + random.nextInt(3),
                    activations[random.nextInt(6)],
                    random.nextBoolean()));
            if (random.nextInt(3) == 0) {
                genes.add(new Gene.MaxPooling(2));
            }
        }
        int denses = random.nextInt(3);
        for (int i = 0; i < denses; i++) {
            double dropout = random.nextBoolean() ? 0 : 0.2;
            genes.add(new Gene.Dense(8 + random.nextInt(120), activations[random.nextInt(6)], dropout));
        }
        int batch = 16 << random.nextInt(4);
        return new Genome(
                genes,
                16,
                random.nextBoolean() ? Upscaling.UPSAMPLING : Upscaling.DECONVOLUTION,
                new Hyperparameters(Optimizer.values()[random.nextInt(3)], 1e-3, batch));
    }
}

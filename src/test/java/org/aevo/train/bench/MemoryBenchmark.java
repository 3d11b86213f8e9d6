package org.aevo.train.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.aevo.genome.Activation;
import org.aevo.genome.Blueprint;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Hyperparameters;
import org.aevo.genome.Optimizer;
import org.aevo.genome.Shape;
import org.aevo.genome.Upscaling;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Evaluator;
import org.aevo.train.Samples;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;
import org.aevo.train.dl4j.Dl4jEngine;

/**
 * Resident memory of a worker over many candidates, by {@code MemoryBenchmark [candidates] [every]}: small random
 * genomes of all kinds, some epochs each, weights taken from each.
 */
public final class MemoryBenchmark {
    private static final Shape SHAPE = new Shape(1, 28, 28);

    private MemoryBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int candidates = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        int every = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        SplittableRandom random = new SplittableRandom(7);
        Samples train = samples(random, 96);
        Samples validation = samples(random, 32);
        TrainingSettings settings = new TrainingSettings(2, 2, 0, Double.POSITIVE_INFINITY, 1e6, 0);
        System.out.printf(
                Locale.ROOT,
                "%10s %8s %9s %9s %12s %9s%n",
                "candidates",
                "RSS MB",
                "heap MB",
                "failed",
                "build s each",
                "s each");
        int failed = 0;
        try (Evaluator trainer = new Trainer(
                new Dl4jEngine(), g -> Blueprint.of(g, SHAPE, Activation.SIGMOID), train, validation, settings)) {
            long start = System.nanoTime();
            double build = 0;
            for (int i = 1; i <= candidates; i++) {
                Genome genome = genome(random);
                Candidate candidate = new Candidate(i, 0, Candidate.NONE, Candidate.NONE, "random", genome);
                Evaluation evaluation =
                        trainer.evaluate(candidate, i, Double.POSITIVE_INFINITY).evaluation();
                build += evaluation.durations().build();
                if (!evaluation.hasFitness()) {
                    failed++;
                    System.out.println(evaluation.status() + " " + genome + ": " + evaluation.message());
                }
                if (i % every == 0) {
                    Runtime heap = Runtime.getRuntime();
                    System.out.printf(
                            Locale.ROOT,
                            "%10d %8d %9d %9d %12.3f %9.2f%n",
                            i,
                            residentMegabytes(),
                            (heap.totalMemory() - heap.freeMemory()) >> 20,
                            failed,
                            build / every,
                            (System.nanoTime() - start) * 1e-9 / every);
                    start = System.nanoTime();
                    build = 0;
                }
            }
        }
    }

    private static long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
                .findFirst()
                .orElse(-1);
    }

    private static Samples samples(SplittableRandom random, int count) {
        float[] values = new float[Math.toIntExact(count * SHAPE.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return new Samples(SHAPE, count, values);
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

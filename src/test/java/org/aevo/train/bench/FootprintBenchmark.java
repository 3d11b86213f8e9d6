package org.aevo.train.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.aevo.genome.Family;
import org.aevo.genome.Genome;
import org.aevo.genome.IntRange;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.train.Engine;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Samples;

/**
 * How far {@link Blueprint#trainingBytes} is from what a candidate really takes: {@code FootprintBenchmark dl4j|torch
 * [genomes] [seed] [side or 1xLENGTH]}. Random genomes of a large space are trained for some steps, validated, kept and read out; the
 * kernel tells the most that was resident meanwhile.
 */
public final class FootprintBenchmark {
    private static final int STEPS = 3;
    private static final int IDLE = 5;
    private static final long PAUSE_MILLIS = 100;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final String RESET_PEAK = "5";

    private FootprintBenchmark() {}

    /** Grey images of side 28, coloured ones of another, or signals of three channels. */
    private static Shape shape(String side) {
        if (side.startsWith("1x")) {
            return new Shape(3, 1, Integer.parseInt(side.substring(2)));
        }
        int pixels = Integer.parseInt(side);
        return new Shape(pixels == 28 ? 1 : 3, pixels, pixels);
    }

    public static void main(String[] arguments) throws Exception {
        String name = arguments.length > 0 ? arguments[0] : "dl4j";
        int genomes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 12;
        SplittableRandom random = new SplittableRandom(arguments.length > 2 ? Long.parseLong(arguments[2]) : 5);
        Shape shape = shape(arguments.length > 3 ? arguments[3] : "28");
        SearchSpace space = SearchSpace.defaults(Family.MIXED, shape, 16).toBuilder()
                .filters(new IntRange(8, 64))
                .units(new IntRange(64, 2000))
                .batchSizes(List.of(64, 128, 256))
                .maxParameters(12_000_000)
                .maxMemoryBytes(2L << 30)
                .build();
        RandomGenome draw = new RandomGenome(space, VariationRates.defaults());
        float[] values = new float[Math.toIntExact(Blueprint.VALIDATION_BATCH * shape.size())];
        IntStream.range(0, values.length).forEach(i -> values[i] = (i % 7) / 7f);
        Samples samples = new Samples(shape, Blueprint.VALIDATION_BATCH, values);
        double[] ratios = new double[genomes];
        System.out.printf("%8s %9s %6s  genome%n", "need MB", "estimate", "ratio");
        try (Engine engine = BenchmarkEngines.open(name)) {
            measure(
                    engine,
                    space,
                    draw.next(random),
                    samples); // of the first one the libraries' own buffers are a part
            for (int i = 0; i < genomes; i++) {
                Genome genome = draw.next(random);
                double need = measure(engine, space, genome, samples);
                double estimate = space.blueprint(genome)
                                .trainingBytes(genome.hyperparameters().batchSize())
                        / (double) (1 << 20);
                ratios[i] = estimate / need;
                System.out.printf(Locale.ROOT, "%8.0f %9.0f %6.2f  %s%n", need, estimate, ratios[i], genome);
            }
        }
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "estimate / need: median %.2f, lowest %.2f, highest %.2f%n",
                ratios[genomes / 2],
                ratios[0],
                ratios[genomes - 1]);
    }

    /** MB beyond what the process had before, without the copies of weights that the heap holds. */
    private static double measure(Engine engine, SearchSpace space, Genome genome, Samples samples)
            throws IOException, InterruptedException {
        int batch = genome.hyperparameters().batchSize();
        int[] order = IntStream.range(0, samples.count()).toArray();
        // others than the targets, as where noise is to be taken away
        Samples inputs = new Samples(samples.shape(), samples.count(), samples::copy);
        settle();
        Files.writeString(CLEAR, RESET_PEAK);
        long before = kibibytes("VmRSS");
        long heapCopies;
        try (Network network = engine.build(NetworkPlan.of(space.blueprint(genome), genome.hyperparameters(), 1))) {
            for (int i = 0; i < STEPS; i++) {
                network.step(inputs, samples, order, 0, batch);
            }
            network.loss(inputs, samples, 0, samples.count());
            network.keep();
            network.step(inputs, samples, order, 0, batch);
            network.restore();
            network.weights();
            heapCopies = 2 * Float.BYTES * network.parameters();
        }
        return (kibibytes("VmHWM") - before) / 1024.0 - heapCopies / (double) (1 << 20);
    }

    /** Until what the network before left behind is freed, which is done by threads of the libraries. */
    private static void settle() throws IOException, InterruptedException {
        long least = Long.MAX_VALUE;
        for (int idle = 0; idle < IDLE; idle++) {
            System.gc();
            Thread.sleep(PAUSE_MILLIS);
            long now = kibibytes("VmRSS");
            if (now < least - 1024) {
                least = now;
                idle = 0;
            }
        }
    }

    private static long kibibytes(String field) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}

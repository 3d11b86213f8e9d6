package org.aevo.train.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.record.WeightStore;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Job;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Weights;
import org.aevo.train.Engine;
import org.aevo.train.InitialWeights;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;
import org.aevo.train.WeightTransfer;

/**
 * What a candidate costs a worker beside training it, by {@code CandidateBenchmark [engine] [candidates] [genome]}: the
 * same small candidate over and over, from a process that has just started. What the last tenth of them take, by the
 * median, is what training and validation cost; what one takes above that is warming up. At the end, what inheriting its
 * weights costs on the disk of {@code target}.
 */
public final class CandidateBenchmark {
    private static final Shape SHAPE = new Shape(1, 28, 28);
    private static final int TRAIN = 2560;
    private static final int VALIDATION = 256;
    private static final double REFERENCE_SECONDS = 10;
    private static final List<Integer> SHOWN = List.of(1, 2, 3, 5, 10, 20, 50);
    private static final String GENOME = "conv(16,k3,s1,relu) pool(2) conv(8,k3,s1,relu) pool(2) dense(64,relu)"
            + " | latent(16) | upsampling | adam(lr0.001,batch64)";

    private CandidateBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        String name = arguments.length > 0 ? arguments[0] : "dl4j";
        int candidates = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        String genome = arguments.length > 2 ? arguments[2] : GENOME;
        if (candidates < 10) {
            throw new IllegalArgumentException("candidates must be at least 10, was " + candidates);
        }
        long opening = System.nanoTime();
        Engine engine = BenchmarkEngines.open(name);
        double opened = seconds(opening);
        List<Durations> durations = new ArrayList<>();
        TrainingSettings settings = new TrainingSettings(1, 1, 0, Double.POSITIVE_INFINITY, 1e6, 0);
        try (Trainer trainer = new Trainer(
                engine,
                g -> g.unfold(SHAPE, Activation.SIGMOID),
                TrainingBenchmark.randomSamples(SHAPE, TRAIN),
                TrainingBenchmark.randomSamples(SHAPE, VALIDATION),
                settings)) {
            for (int i = 1; i <= candidates; i++) {
                Candidate candidate =
                        new Candidate(i, 0, Candidate.NONE, Candidate.NONE, "random", GenomeText.parse(genome));
                durations.add(trainer.evaluate(new Job(candidate, i, Double.POSITIVE_INFINITY))
                        .evaluation()
                        .effort()
                        .durations());
                if (SHOWN.contains(i)) {
                    System.err.println(i + " of " + candidates + " candidates");
                }
            }
        }
        List<Durations> steady = durations.subList(candidates - candidates / 10, candidates);
        double train = median(steady.stream().map(Durations::train).toList());
        double validate = median(steady.stream().map(Durations::validate).toList());
        System.out.printf(
                Locale.ROOT,
                "%s: loaded in %.2f s; steady: training %.3f s, validation %.3f s for a tenth as many samples%n",
                name,
                opened,
                train,
                validate);
        System.out.printf(
                Locale.ROOT,
                "%10s %12s %10s %10s %10s %22s%n",
                "candidate",
                "build, free",
                "warm-up s",
                "train s",
                "validate s",
                "beside, of " + (int) REFERENCE_SECONDS + " s");
        for (int i = 1; i <= candidates; i++) {
            if (SHOWN.contains(i) || i == candidates) {
                Durations d = durations.get(i - 1);
                double warming = Math.max(0, d.train() - train + d.validate() - validate);
                double beside = d.build() + warming + REFERENCE_SECONDS * validate / (train + validate);
                System.out.printf(
                        Locale.ROOT,
                        "%10d %12.4f %10.3f %10.3f %10.3f %21.1f%%%n",
                        i,
                        d.build(),
                        warming,
                        d.train(),
                        d.validate(),
                        100 * beside / REFERENCE_SECONDS);
            }
        }
        Genome design = GenomeText.parse(genome);
        inherit(design, design.unfold(SHAPE, Activation.SIGMOID), candidates);
    }

    /** What a child costs that inherits all: its parent's weights are read, taken over, and its own are written. */
    private static void inherit(Genome design, Blueprint blueprint, int times) throws IOException {
        Path folder = Files.createTempDirectory(Path.of("target"), "inheritance");
        try {
            WeightStore store = new WeightStore(folder, "benchmark", Integer.MAX_VALUE - 1);
            Weights initial = InitialWeights.of(blueprint, 1);
            store.put(new TrainedNetwork(0, design, 1, initial));
            List<Double> costs = new ArrayList<>();
            for (int i = 1; i <= times; i++) {
                long start = System.nanoTime();
                if (!(store.get(i - 1) instanceof ParentWeights.Found parent)) {
                    throw new IllegalStateException("weights of " + (i - 1) + " were not found");
                }
                store.put(new TrainedNetwork(
                        i,
                        design,
                        i + 1,
                        WeightTransfer.of(blueprint, parent.network().weights(), blueprint, initial)
                                .weights()));
                costs.add(seconds(start));
                store.keep(Set.of((long) i), Long.MAX_VALUE);
            }
            System.out.printf(
                    Locale.ROOT,
                    "inheriting %d weights, read, taken over and written to %s: the first %.1f ms, the median %.1f ms,"
                            + " %.2f%% of %.0f s%n",
                    initial.size(),
                    Path.of("target").toAbsolutePath(),
                    costs.get(0) * 1e3,
                    median(costs) * 1e3,
                    100 * median(costs) / REFERENCE_SECONDS,
                    REFERENCE_SECONDS);
            store.keep(Set.of(), Long.MAX_VALUE);
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) * 1e-9;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}

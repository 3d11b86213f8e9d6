package org.aevo.train.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Evaluator;
import org.aevo.search.Job;
import org.aevo.search.ParentWeights;
import org.aevo.train.Engine;
import org.aevo.train.MemoryBudget;
import org.aevo.train.Objective;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;

/**
 * What a candidate costs a worker beside training it, by {@code CandidateBenchmark [engine] [candidates] [genome]}: the
 * same small candidate over and over, from a process that has just started. What the last tenth of them take, by the
 * median, is what training and validation cost; what one takes above that is warming up. At the end, what inheriting
 * weights costs it, with a store on the disk of {@code target}.
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
        Objective objective = Objective.reconstruction(
                TrainingBenchmark.randomSamples(SHAPE, TRAIN), TrainingBenchmark.randomSamples(SHAPE, VALIDATION));
        Function<Optional<ParentWeights>, Evaluator> trainers = parents -> new Trainer(
                engine, g -> g.unfold(SHAPE, Activation.SIGMOID), objective, settings, MemoryBudget.UNLIMITED, parents);
        InheritanceCost inheriting;
        try (Evaluator trainer = trainers.apply(Optional.empty())) {
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
            inheriting = InheritanceCost.of(trainers, GenomeText.parse(genome), candidates / 2, Path.of("target"));
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
        print(inheriting, median(steady.stream().map(Durations::build).toList()));
    }

    /** What comes on top of a candidate that inherits nothing, of the same process. */
    private static void print(InheritanceCost cost, double build) {
        double extra = cost.build() - build;
        System.out.printf(
                Locale.ROOT,
                "inheriting all weights through %s, by medians: building %.1f ms instead of %.1f ms (reading %.1f ms, writing"
                        + " %.1f ms): %.2f%% of %.0f s%n",
                Path.of("target").toAbsolutePath(),
                cost.build() * 1e3,
                build * 1e3,
                cost.read() * 1e3,
                cost.write() * 1e3,
                100 * extra / REFERENCE_SECONDS,
                REFERENCE_SECONDS);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) * 1e-9;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}

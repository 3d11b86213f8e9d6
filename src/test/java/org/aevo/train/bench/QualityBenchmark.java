package org.aevo.train.bench;

import java.util.List;
import java.util.Locale;
import org.aevo.data.DataKind;
import org.aevo.data.DataSettings;
import org.aevo.data.Dataset;
import org.aevo.data.Datasets;
import org.aevo.data.Split;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Job;
import org.aevo.train.Samples;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;

/**
 * Final validation losses after equal epochs on a part of Fashion-MNIST, by {@code QualityBenchmark ENGINE SAMPLES EPOCHS
 * SEEDS GENOME...}: a line {@code loss GENOME-NUMBER SEED LOSS} for each. A seed means the same initial weights and the
 * same order of samples with every engine.
 */
public final class QualityBenchmark {
    private QualityBenchmark() {}

    public static void main(String[] arguments) {
        int samples = Integer.parseInt(arguments[1]);
        int epochs = Integer.parseInt(arguments[2]);
        int seeds = Integer.parseInt(arguments[3]);
        List<String> genomes = List.of(arguments).subList(4, arguments.length);
        Split split = Datasets.load(DataSettings.of(DataKind.FASHION_MNIST)
                .parts(samples, samples / 4, 0)
                .build());
        Samples train = samples(split.train());
        TrainingSettings settings = new TrainingSettings(epochs, epochs, 0, Double.POSITIVE_INFINITY, 1e6, 0);
        try (Trainer trainer = new Trainer(
                BenchmarkEngines.open(arguments[0]),
                g -> g.unfold(train.shape(), Activation.SIGMOID),
                train,
                samples(split.validation()),
                settings)) {
            for (int genome = 0; genome < genomes.size(); genome++) {
                for (int seed = 1; seed <= seeds; seed++) {
                    Candidate candidate = new Candidate(
                            seed, 0, Candidate.NONE, Candidate.NONE, "random", GenomeText.parse(genomes.get(genome)));
                    Evaluation result =
                            trainer.evaluate(new Job(candidate, seed, 0)).evaluation();
                    if (result.curve().size() != epochs) {
                        throw new IllegalStateException(genomes.get(genome) + ": " + result.message());
                    }
                    System.out.printf(
                            Locale.ROOT,
                            "loss %d %d %.8f%n",
                            genome,
                            seed,
                            result.curve().get(epochs - 1).validationLoss());
                }
            }
        }
    }

    private static Samples samples(Dataset data) {
        return new Samples(new Shape(data.channels(), data.height(), data.width()), data.count(), data.values());
    }
}

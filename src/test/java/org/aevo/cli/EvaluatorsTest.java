package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.aevo.config.RunConfig;
import org.aevo.data.Datasets;
import org.aevo.data.Split;
import org.aevo.genome.GenomeText;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Evaluator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorsTest {
    private static final int SIDE = 8;

    @TempDir
    Path folder;

    /**
     * The test part of the second data set is something else altogether: every number that a search could record is the
     * same all the same, and so are the weights.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{kind: denoise, fitness: ssim, figure-samples: 50}",
                "{kind: embed, fitness: knn-accuracy, figure-samples: 50}"
            })
    void aSearchDoesNotReadTheTestPart(String task) throws IOException {
        RunConfig one = config(write("one", 1), task);
        RunConfig other = config(write("other", 2), task);
        Split first = Datasets.load(one.data());
        Split second = Datasets.load(other.data());
        assertArrayEquals(first.train().values(), second.train().values());
        assertNotEquals(first.test().values()[0], second.test().values()[0]);
        Evaluator.Outcome expected = outcome(one);
        Evaluator.Outcome found = outcome(other);
        assertTrue(expected.evaluation().hasFitness(), expected.toString());
        assertEquals(timeless(expected.evaluation()), timeless(found.evaluation()));
        for (int i = 0; i < expected.weights().orElseThrow().arrays().size(); i++) {
            assertArrayEquals(
                    expected.weights().get().arrays().get(i).values(),
                    found.weights().orElseThrow().arrays().get(i).values());
        }
    }

    private static String timeless(Evaluation e) {
        return e.status() + " " + e.fitness() + " " + e.trainLoss() + " " + e.validationLoss() + " " + e.figures() + " "
                + e.parameters();
    }

    private static RunConfig config(Path data, String task) {
        return RunConfig.parse(
                "budget: {evaluations: 50}\ntask: " + task + "\nspace: {latent: 3}\n"
                        + "training: {engine: torch, epochs: 2}\ndata: {kind: mnist, path: " + data
                        + ", train: 200, validation: 60}\n",
                "in.yaml");
    }

    private static Evaluator.Outcome outcome(RunConfig config) {
        Evaluators.space(config);
        try (Evaluator evaluator = Evaluators.of(config)) {
            Candidate candidate = new Candidate(
                    1,
                    0,
                    Candidate.NONE,
                    Candidate.NONE,
                    "random",
                    GenomeText.parse("dense(20,relu) | latent(3) | upsampling | adam(lr0.005,batch16)"));
            return evaluator.evaluate(candidate, 5, Double.POSITIVE_INFINITY);
        }
    }

    /** Files as MNIST's, whose training images are always the same. */
    private Path write(String name, long testSeed) throws IOException {
        Path directory = Files.createDirectory(folder.resolve(name));
        write(directory, "train", 300, 7);
        write(directory, "t10k", 100, testSeed);
        return directory;
    }

    private static void write(Path directory, String part, int count, long seed) throws IOException {
        Random random = new Random(seed);
        byte[] images = new byte[count * SIDE * SIDE];
        random.nextBytes(images);
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) random.nextInt(10);
        }
        try (DataOutputStream out =
                new DataOutputStream(Files.newOutputStream(directory.resolve(part + "-images-idx3-ubyte")))) {
            out.writeInt(0x803);
            out.writeInt(count);
            out.writeInt(SIDE);
            out.writeInt(SIDE);
            out.write(images);
        }
        try (DataOutputStream out =
                new DataOutputStream(Files.newOutputStream(directory.resolve(part + "-labels-idx1-ubyte")))) {
            out.writeInt(0x801);
            out.writeInt(count);
            out.write(labels);
        }
    }
}

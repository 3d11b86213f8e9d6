package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.aevo.config.RunConfig;
import org.aevo.data.Datasets;
import org.aevo.data.Split;
import org.aevo.genome.GenomeText;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Evaluator;
import org.aevo.search.Job;
import org.aevo.task.Classify;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorsTest {
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
                "{kind: embed, fitness: knn-accuracy, figure-samples: 50}",
                "{kind: classify}",
                "{kind: classify, folds: 3}"
            })
    void aSearchDoesNotReadTheTestPart(String task) throws IOException {
        Path one = RandomImages.write(folder.resolve("one"), 1);
        Path other = RandomImages.write(folder.resolve("other"), 2);
        assertTheSame(
                config("{kind: mnist, path: " + one + ", train: 200, validation: 60}", task),
                config("{kind: mnist, path: " + other + ", train: 200, validation: 60}", task));
    }

    /** The same where the test part is cut from the one array that there is. */
    @Test
    void aSearchDoesNotReadTheTestPartOfItsOwnFile() throws IOException {
        byte[] images = RandomImages.images(300, 7);
        RunConfig one = cut(RandomImages.write(folder.resolve("one"), images));
        float[] test = Datasets.load(one.data()).test().values();
        byte[] changed = images.clone();
        for (int t = 0; t < test.length; t += RandomImages.SIZE) {
            int image = find(images, test, t);
            for (int i = image; i < image + RandomImages.SIZE; i++) {
                changed[i] = (byte) ~images[i];
            }
        }
        assertTheSame(one, cut(RandomImages.write(folder.resolve("other"), changed)));
    }

    private static RunConfig cut(Path directory) {
        return config(
                "{kind: idx, path: " + directory.resolve("train-images-idx3-ubyte") + ", labels: "
                        + directory.resolve("train-labels-idx1-ubyte") + ", train: 200, validation: 60, test: 40}",
                "{kind: denoise, fitness: ssim, figure-samples: 50}");
    }

    /** Where the image begins that has these values. */
    private static int find(byte[] images, float[] values, int from) {
        for (int image = 0; image < images.length; image += RandomImages.SIZE) {
            int i = 0;
            while (i < RandomImages.SIZE && Math.round(values[from + i] * 255) == (images[image + i] & 0xFF)) {
                i++;
            }
            if (i == RandomImages.SIZE) {
                return image;
            }
        }
        throw new AssertionError("no such image");
    }

    private static void assertTheSame(RunConfig one, RunConfig other) {
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
        return e.status() + " " + e.fitness() + " " + e.score().trainLoss() + " "
                + e.score().validationLoss() + " " + e.score().figures() + " "
                + e.effort().parameters();
    }

    private static RunConfig config(String data, String task) {
        return RunConfig.parse(
                "budget: {evaluations: 50}\ntask: " + task + "\n"
                        + (task.contains("classify") ? "" : "space: {latent: 3}\n")
                        + "training: {engine: torch, epochs: 2}\ndata: " + data + "\n",
                "in.yaml");
    }

    private static Evaluator.Outcome outcome(RunConfig config) {
        Evaluators.space(config);
        try (Evaluator evaluator = Evaluators.of(config, doing -> {})) {
            Candidate candidate = new Candidate(
                    1,
                    0,
                    Candidate.NONE,
                    Candidate.NONE,
                    "random",
                    GenomeText.parse(
                            config.task() instanceof Classify
                                    ? "- | dense(20,relu) | softmax | adam(lr0.005,batch16)"
                                    : "dense(20,relu) | latent(3) | upsampling | adam(lr0.005,batch16)"));
            return evaluator.evaluate(new Job(candidate, 5, Double.POSITIVE_INFINITY));
        }
    }
}

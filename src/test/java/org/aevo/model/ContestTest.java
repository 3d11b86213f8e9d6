package org.aevo.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Shape;
import org.aevo.record.ModelMetrics.Row;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.Figure;
import org.aevo.task.AutoencoderTask;
import org.aevo.task.Corruption;
import org.aevo.task.Denoise;
import org.aevo.task.Embed;
import org.aevo.task.Fitness;
import org.aevo.task.Reconstruct;
import org.aevo.train.Engine;
import org.aevo.train.Loss;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Samples;
import org.aevo.train.TrainingSettings;
import org.aevo.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContestTest {
    static final Shape SHAPE = new Shape(1, 8, 8);
    private static final TrainingSettings SETTINGS =
            new TrainingSettings(12, 3, 0.001, Double.POSITIVE_INFINITY, 100, 0);
    private static final Genome WINNER =
            GenomeText.parse("dense(24,tanh) | latent(3) | upsampling | adam(lr0.01,batch16)");

    private static Engine engine;

    /** What happened, in order. */
    private final List<String> events = new ArrayList<>();

    @BeforeAll
    static void open() {
        engine = new TorchEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void ofLargeSamplesFewerAreShown() {
        assertEquals(2000, Contest.shown(784));
        assertEquals(222, Contest.shown(3 * 224 * 224));
        assertEquals(16, Contest.shown(1L << 40));
    }

    /** The test part is asked for once, when the last gradient step of all models is done, and read only then. */
    @Test
    void testSamplesAreReadWhenAllTrainingIsOver() {
        Contest.Result result = contest(
                        new Reconstruct(Loss.MSE, Fitness.VALIDATION_LOSS, 1000), recorded(240, "seen", 1))
                .run(Entrant.candidate(7, WINNER), Entrant.textbooks(SHAPE, 3), () -> {
                    events.add("asked");
                    return recorded(60, "test", 2);
                });
        assertEquals(1, events.stream().filter("asked"::equals).count());
        assertTrue(events.contains("test"));
        assertTrue(events.lastIndexOf("step") < events.indexOf("asked"), "a step after the test set was asked for");
        assertTrue(events.indexOf("asked") < events.indexOf("test"));
        // what follows is measuring: PCA was fitted before, too
        assertTrue(events.lastIndexOf("seen") < events.indexOf("asked"), "training samples were read after it");
        List<String> kinds = result.rows().stream().map(Row::kind).toList();
        assertEquals(List.of("candidate", "textbook", "textbook", "textbook", "pca"), kinds);
    }

    @Test
    void rowsSayWhatModelsGiveOnTheTestSamples() {
        Part test = samples(60, 2);
        Contest.Result result = contest(new Reconstruct(Loss.MSE, Fitness.VALIDATION_LOSS, 1000), samples(240, 1))
                .run(Entrant.candidate(7, WINNER), List.of(), () -> test);
        Row winner = result.rows().get(0);
        assertEquals("candidate 7", winner.model());
        assertEquals(WINNER.toString(), winner.genome());
        assertEquals(winner.curve().size(), winner.epochs());
        assertTrue(winner.heldOutLoss() < winner.curve().get(0).validationLoss(), "it learned nothing");
        try (Network network = engine.build(NetworkPlan.of(result.blueprint(), WINNER.hyperparameters(), 1))) {
            network.load(result.weights());
            assertEquals(network.loss(test.samples(), 0, 60), winner.error(), 1e-9);
            Showing showing = result.showing();
            assertArrayEquals(network.reconstruct(test.samples().values()), showing.outputs(), 1e-6f);
            assertArrayEquals(network.encode(test.samples().values()), showing.codes(), 1e-6f);
            assertArrayEquals(test.samples().values(), showing.originals());
            assertArrayEquals(showing.originals(), showing.inputs());
            // one of each label, then others
            assertArrayEquals(
                    new int[] {0, 1, 2},
                    java.util.Arrays.copyOf(showing.examples(10).labels().orElseThrow(), 3));
            assertEquals(10, showing.examples(10).count());
        }
        Row pca = result.rows().get(1);
        assertEquals(64 + 3 * 64, pca.parameters());
        // the samples have three degrees of freedom, of which none is linear: better than their mean, not perfect
        assertTrue(pca.error() > 1e-4 && pca.error() < 0.05, "PCA: " + pca.error());
        assertEquals(
                List.of(Figure.PSNR, Figure.SSIM), List.copyOf(pca.figures().keySet()));
    }

    /** Doing nothing is as bad as the noise; a regression undoes some of it. */
    @Test
    void denoisingIsHeldAgainstTheInputAndRegression() {
        AutoencoderTask task = new Denoise(new Corruption.Gaussian(0.3), Loss.MSE, Fitness.VALIDATION_LOSS, 1000);
        Part test = samples(60, 2);
        Contest.Result result = contest(task, samples(400, 1)).run(Entrant.candidate(0, WINNER), List.of(), () -> test);
        List<Row> rows = result.rows();
        assertEquals(
                List.of("candidate", "input", "pca", "ridge"),
                rows.stream().map(Row::kind).toList());
        float[] clean = test.samples().values();
        float[] noisy = task.testInputs(test.samples(), 5).values();
        double noise = 0;
        for (int i = 0; i < clean.length; i++) {
            noise += ((double) noisy[i] - clean[i]) * ((double) noisy[i] - clean[i]) / clean.length;
        }
        assertEquals(noise, rows.get(1).error(), 1e-9);
        assertTrue(
                rows.get(3).error() < noise / 2,
                "ridge regression: " + rows.get(3).error() + ", input " + noise);
        assertArrayEquals(noisy, result.showing().inputs());
        assertArrayEquals(clean, result.showing().originals());
    }

    @Test
    void embeddingsHaveTheFiguresOfTheirCodes() {
        AutoencoderTask task = new Embed(5, Loss.MSE, Fitness.VALIDATION_LOSS, 1000);
        List<Row> rows = contest(task, samples(240, 1))
                .run(Entrant.candidate(0, WINNER), List.of(), () -> samples(60, 2))
                .rows();
        for (Row row : rows) {
            assertEquals(
                    List.of(Figure.TRUSTWORTHINESS, Figure.CONTINUITY, Figure.PROBE_ACCURACY, Figure.KNN_ACCURACY),
                    List.copyOf(row.figures().keySet()),
                    row.model());
        }
    }

    @Test
    void tooFewTestSamplesForNeighbourhoodsCostTheFiguresAlone() {
        Contest.Result result = contest(new Embed(5, Loss.MSE, Fitness.VALIDATION_LOSS, 1000), samples(240, 1))
                .run(Entrant.candidate(0, WINNER), List.of(), () -> samples(10, 2));
        assertTrue(result.rows().get(0).error() > 0);
        assertTrue(result.rows().get(0).figures().isEmpty());
        assertTrue(
                result.notes().get(0).contains("task.neighbours is 5"),
                result.notes().toString());
    }

    @Test
    void aWinnerThatDivergesIsNoModelAndLeavesTheTestSetAlone() {
        Genome wild = GenomeText.parse("dense(24,relu) | latent(3) | upsampling | nesterov(lr100000.0,batch16)");
        Contest contest = contest(new Reconstruct(Loss.MSE, Fitness.VALIDATION_LOSS, 1000), samples(240, 1));
        TrainingFailedException e = assertThrows(
                TrainingFailedException.class,
                () -> contest.run(Entrant.candidate(7, wild), List.of(), () -> {
                    events.add("asked");
                    return samples(60, 2);
                }));
        assertTrue(e.getMessage().startsWith("candidate 7 did not train: diverged"), e.getMessage());
        assertFalse(events.contains("asked"));
    }

    @Test
    void anotherThatDivergesIsARowThatSaysSo() {
        Genome wild = GenomeText.parse("dense(24,relu) | latent(3) | upsampling | nesterov(lr100000.0,batch16)");
        List<Row> rows = contest(new Reconstruct(Loss.MSE, Fitness.VALIDATION_LOSS, 1000), samples(240, 1))
                .run(Entrant.candidate(7, WINNER), List.of(Entrant.randomSearch(3, wild)), () -> samples(60, 2))
                .rows();
        assertTrue(Double.isNaN(rows.get(1).error()));
        assertTrue(rows.get(1).message().startsWith("diverged"), rows.get(1).message());
        assertTrue(rows.get(2).error() > 0);
    }

    private Contest contest(AutoencoderTask task, Part seen) {
        Part train = seen;
        Part validation = samples(40, 3);
        return new Contest(
                engine,
                // a sigmoid at the end would keep any loss within bounds
                genome -> genome.unfold(
                        SHAPE, genome.hyperparameters().learningRate() > 1 ? Activation.IDENTITY : Activation.SIGMOID),
                task,
                HeldOut.of(train, validation, 1),
                5,
                SETTINGS,
                9,
                new ContestListener() {
                    @Override
                    public Control begins(String model, int number, int of) {
                        return new Control() {
                            @Override
                            public void step(int epoch, int samples, int all) {
                                events.add("step");
                            }

                            @Override
                            public Verdict epoch(Evaluation.Epoch point) {
                                events.add("epoch");
                                return Verdict.GO_ON;
                            }
                        };
                    }

                    @Override
                    public void ends(Row row) {
                        events.add("end");
                    }

                    @Override
                    public void tests(int samples) {
                        events.add("tests " + samples);
                    }
                });
    }

    /** The same samples, and who reads them is noted. */
    private Part recorded(int count, String name, long seed) {
        Part part = samples(count, seed);
        return new Part(
                new Samples(SHAPE, count, (order, from, to, target) -> {
                    events.add(name);
                    part.samples().copy(order, from, to, target);
                }),
                part.labels());
    }

    /** Blots at random places of random width; the label is the third of the image that it is in. */
    static Part samples(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[64 * count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            double row = 1 + 6 * random.nextDouble();
            double column = 1 + 6 * random.nextDouble();
            double width = 1 + random.nextDouble();
            labels[i] = i < 3 ? i : Math.min(2, (int) ((row - 1) / 2));
            for (int p = 0; p < 64; p++) {
                double distance = Math.hypot(p / 8 - row, p % 8 - column) / width;
                values[64 * i + p] = (float) Math.exp(-distance * distance);
            }
        }
        return new Part(new Samples(SHAPE, count, values), Optional.of(labels));
    }
}

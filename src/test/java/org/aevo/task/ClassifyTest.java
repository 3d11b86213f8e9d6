package org.aevo.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.aevo.genome.GenomeText;
import org.aevo.metric.Classification;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Classes;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator.Outcome;
import org.aevo.search.Figure;
import org.aevo.search.Job;
import org.aevo.search.Weights;
import org.aevo.train.Engine;
import org.aevo.train.EngineKind;
import org.aevo.train.FakeParents;
import org.aevo.train.Fold;
import org.aevo.train.Loss;
import org.aevo.train.MemoryBudget;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Objective;
import org.aevo.train.Samples;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;
import org.aevo.train.dl4j.Dl4jEngine;
import org.aevo.train.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClassifyTest {
    private static final Fitness CROSS_ENTROPY = Classify.fitness(Figure.CROSS_ENTROPY);
    private static final Shape PLANE = Shape.vector(2);
    private static final Hyperparameters RATES = new Hyperparameters(Optimizer.ADAM, 0.02, 16);
    private static final TrainingSettings SETTINGS = new TrainingSettings(8, 8, 0, Double.POSITIVE_INFINITY, 100, 0);

    private final Random random = new Random(3);
    /** More validation samples than are measured at once. */
    private final TaskData clouds = data(120, 300);

    /** Three clouds of points, with labels that are no indices. */
    private TaskData data(int train, int validation) {
        int[] trainLabels = new int[train];
        int[] validationLabels = new int[validation];
        Samples first = cloud(trainLabels);
        Samples second = cloud(validationLabels);
        return new TaskData(first, second, Optional.of(trainLabels), Optional.of(validationLabels), 11);
    }

    private Samples cloud(int[] labels) {
        float[] values = new float[2 * labels.length];
        for (int i = 0; i < labels.length; i++) {
            int index = i % 3;
            labels[i] = 4 + 5 * index;
            values[2 * i] = (float) (0.3 * index + 0.09 * random.nextGaussian());
            values[2 * i + 1] = (float) ((index == 1 ? 0.8 : 0.2) + 0.09 * random.nextGaussian());
        }
        return new Samples(PLANE, labels.length, values);
    }

    private static TaskData labelled(int[] train, int[] validation) {
        return new TaskData(points(train), points(validation), Optional.of(train), Optional.of(validation), 1);
    }

    private static Samples points(int[] labels) {
        float[] values = new float[2 * labels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = labels[i / 2];
        }
        return new Samples(PLANE, labels.length, values);
    }

    private static Blueprint blueprint() {
        Layer.Dense hidden = new Layer.Dense("h0_dense", PLANE, 12, Activation.TANH, 0);
        return Blueprint.chain(
                PLANE, List.of(hidden, new Layer.Dense("output", hidden.output(), 3, Activation.SOFTMAX, 0)));
    }

    private static Outcome outcome(Engine engine, Objective objective) {
        Trainer trainer = new Trainer(engine, design -> blueprint(), objective, SETTINGS, MemoryBudget.UNLIMITED);
        return outcome(trainer, 3, Candidate.NONE, "0.02");
    }

    private static Outcome outcome(Trainer trainer, long id, long parent, String rate) {
        // trained as its rates say, whatever its layers are
        Candidate candidate = new Candidate(
                id,
                0,
                parent,
                Candidate.NONE,
                "identity",
                GenomeText.parse("dense(3,tanh) | latent(2) | upsampling | adam(lr" + rate + ",batch16)"));
        Outcome outcome = trainer.evaluate(new Job(candidate, 5, Double.POSITIVE_INFINITY));
        assertEquals(
                EvaluationStatus.OK,
                outcome.evaluation().status(),
                outcome.evaluation().message());
        return outcome;
    }

    /** The probabilities that weights give a point, in plain Java. */
    private static double[] probabilities(Weights weights, float x, float y) {
        float[] w0 = weights.arrays().get(0).values();
        float[] b0 = weights.arrays().get(1).values();
        float[] w1 = weights.arrays().get(2).values();
        float[] b1 = weights.arrays().get(3).values();
        double[] exponentials = new double[3];
        for (int c = 0; c < 3; c++) {
            double sum = b1[c];
            for (int h = 0; h < 12; h++) {
                sum += w1[h * 3 + c] * Math.tanh(b0[h] + w0[h] * x + w0[12 + h] * y);
            }
            exponentials[c] = Math.exp(sum);
        }
        double all = Arrays.stream(exponentials).sum();
        return Arrays.stream(exponentials).map(e -> e / all).toArray();
    }

    @ParameterizedTest
    @CsvSource({"DL4J, 1", "DL4J, 3", "TORCH, 1", "TORCH, 3"})
    void classesAreLearnt(EngineKind kind, int folds) {
        try (Engine engine = kind == EngineKind.DL4J ? new Dl4jEngine() : new TorchEngine()) {
            Objective objective = new Classify(folds, CROSS_ENTROPY, Set.of()).objective(clouds);
            assertEquals(folds, objective.folds().size());
            Outcome outcome = outcome(engine, objective);
            Evaluation e = outcome.evaluation();
            assertEquals(8 * folds, e.curve().size());
            assertEquals(
                    Set.of(Figure.ACCURACY, Figure.CROSS_ENTROPY, Figure.MACRO_F1),
                    e.score().figures().keySet());
            assertTrue(Double.isNaN(e.score().validationLoss()));
            assertEquals(e.score().figure(Figure.CROSS_ENTROPY), e.fitness());
            assertTrue(e.score().figure(Figure.ACCURACY) > 0.9, e.toString());
            double mean = 0;
            for (int fold = 1; fold <= folds; fold++) {
                int number = fold;
                List<Evaluation.Epoch> own = e.curve().stream()
                        .filter(point -> point.fold() == number)
                        .toList();
                assertEquals(8, own.size());
                assertTrue(own.get(7).figure(Figure.CROSS_ENTROPY) < own.get(0).figure(Figure.CROSS_ENTROPY));
                own.forEach(
                        point -> assertTrue(Double.isNaN(point.validationLoss()) && point.figure(Figure.ACCURACY) > 0));
                mean += own.stream()
                                .mapToDouble(point -> point.figure(Figure.CROSS_ENTROPY))
                                .min()
                                .orElseThrow()
                        / folds;
            }
            assertEquals(mean, e.fitness(), 1e-9);
            if (folds == 1) {
                checkFigures(e, outcome.weights().orElseThrow());
            }
        }
    }

    /** At so small a rate that nothing changes. */
    @ParameterizedTest
    @EnumSource
    void aChildBeginsWhereItsParentEnded(EngineKind kind) {
        try (Engine engine = kind == EngineKind.DL4J ? new Dl4jEngine() : new TorchEngine()) {
            FakeParents parents = new FakeParents();
            Objective objective = new Classify(1, CROSS_ENTROPY, Set.of()).objective(clouds);
            Trainer trainer = new Trainer(
                    engine, design -> blueprint(), objective, SETTINGS, MemoryBudget.UNLIMITED, Optional.of(parents));
            Evaluation parent = outcome(trainer, 0, Candidate.NONE, "0.02").evaluation();
            Evaluation child = outcome(trainer, 1, 0, "1.0E-9").evaluation();
            assertEquals(parent.fitness(), child.fitness(), 1e-5 * parent.fitness());
            assertEquals(1, child.effort().inheritance().share());
            assertEquals(parent.score().figure(Figure.ACCURACY), child.score().figure(Figure.ACCURACY));
        }
    }

    private void checkFigures(Evaluation e, Weights weights) {
        float[] points = clouds.validation().values();
        int[] labels = clouds.validationLabels().orElseThrow();
        double entropy = 0;
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            double[] p = probabilities(weights, points[2 * i], points[2 * i + 1]);
            int index = (labels[i] - 4) / 5;
            entropy -= Math.log(p[index]) / labels.length;
            right += p[index] == Arrays.stream(p).max().getAsDouble() ? 1 : 0;
        }
        assertEquals(entropy, e.fitness(), 1e-5);
        assertEquals((double) right / labels.length, e.score().figure(Figure.ACCURACY), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"ACCURACY", "MACRO_F1"})
    void whatIsHighIsTakenFromOne(Figure figure) {
        Objective objective = new Classify(1, Classify.fitness(figure), Set.of()).objective(clouds);
        Map<Figure, Double> figures = Map.of(figure, 0.75, Figure.CROSS_ENTROPY, 3.5);
        assertEquals(0.25, objective.fitness(Double.NaN, figures, 10, 1));
        Objective lowered =
                new Classify(1, new Fitness(Optional.of(Figure.CROSS_ENTROPY), 0.5, 0), Set.of()).objective(clouds);
        assertEquals(3.5 + 0.5, lowered.fitness(Double.NaN, figures, 10, 1));
        assertTrue(Double.isNaN(lowered.fitness(0.1, Map.of(), 10, 1)));
    }

    /** Rows with a 1 at the place of their label among all labels, also one that only other parts have. */
    @Test
    void targetsAreOneHot() {
        TaskData data = labelled(new int[] {7, 2, 7, 2}, new int[] {2, 7});
        TaskData known = new TaskData(
                data.train(),
                data.validation(),
                data.trainLabels(),
                data.validationLabels(),
                Optional.of(new Classes(List.of(2, 5, 7))),
                1);
        Fold fold = new Classify(1, CROSS_ENTROPY, Set.of())
                .objective(known)
                .folds()
                .get(0);
        assertEquals(Shape.vector(3), fold.targets().shape());
        assertArrayEquals(
                new float[] {0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0}, fold.targets().values());
        FloatBuffer some = FloatBuffer.allocate(6);
        fold.targets().copy(new int[] {9, 1, 2, 9}, 1, 3, some);
        assertArrayEquals(new float[] {1, 0, 0, 0, 0, 1}, some.array());
        assertSame(data.train(), fold.inputs(3, 1));
        assertEquals(2, fold.validation().orElseThrow().count());
        Fold plain =
                new Classify(1, CROSS_ENTROPY, Set.of()).objective(data).folds().get(0);
        assertEquals(Shape.vector(2), plain.targets().shape());
    }

    /** Inputs, targets and what is held out stay together, whichever part a sample comes from. */
    @Test
    void foldsAreOfTrainingAndValidationSamplesTogether() {
        int[] train = IntStream.range(0, 20).map(i -> i % 2).toArray();
        int[] validation = IntStream.range(0, 10).map(i -> i % 2).toArray();
        Objective objective = new Classify(5, CROSS_ENTROPY, Set.of()).objective(labelled(train, validation));
        assertEquals(5, objective.folds().size());
        assertEquals(Loss.CROSS_ENTROPY, objective.loss());
        for (Fold fold : objective.folds()) {
            assertEquals(24, fold.targets().count());
            assertEquals(6, fold.validation().orElseThrow().count());
            float[] inputs = fold.inputs(1, 1).values();
            float[] targets = fold.targets().values();
            for (int i = 0; i < 24; i++) {
                // points are their labels
                assertEquals(1, targets[2 * i + (int) inputs[2 * i]]);
            }
        }
        assertEquals(24, new Classify(5, CROSS_ENTROPY, Set.of()).trainingSamples(new Facts(PLANE, 20, 10, true)));
        assertEquals(20, new Classify(1, CROSS_ENTROPY, Set.of()).trainingSamples(new Facts(PLANE, 20, 10, true)));
        assertEquals(22, new Classify(4, CROSS_ENTROPY, Set.of()).trainingSamples(new Facts(PLANE, 20, 10, true)));
    }

    @Test
    void fullTrainingHoldsNothingOut() {
        Objective objective = new Classify(3, CROSS_ENTROPY, Set.of()).training(clouds);
        assertEquals(1, objective.folds().size());
        Fold fold = objective.folds().get(0);
        assertEquals(120, fold.targets().count());
        assertTrue(fold.validation().isEmpty());
        try (Engine engine = new TorchEngine()) {
            Outcome outcome = outcome(engine, objective);
            Evaluation e = outcome.evaluation();
            assertEquals(8, e.curve().size());
            assertEquals(Map.of(), e.score().figures());
            assertEquals(e.curve().get(7).trainLoss(), e.fitness());
            NetworkPlan plan = NetworkPlan.of(blueprint(), RATES, 1)
                    .with(Loss.CROSS_ENTROPY)
                    .startingFrom(outcome.weights().orElseThrow());
            try (Network network = engine.build(plan)) {
                Classification measured = LabelledSamples.of(
                                clouds.validation(),
                                clouds.validationLabels().orElseThrow(),
                                new Classes(List.of(4, 9, 14)))
                        .classified(network);
                assertEquals(300, measured.confusion().samples());
                assertTrue(measured.accuracy() > 0.9, measured.toString());
            }
        }
    }

    /** In training alone, and another in each epoch of each candidate. */
    @Test
    void imagesAreAugmented() {
        Shape shape = new Shape(1, 6, 6);
        float[] values = new float[8 * 36];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        Samples images = new Samples(shape, 8, values);
        int[] labels = {0, 1, 0, 1, 0, 1, 0, 1};
        TaskData data = new TaskData(images, images, Optional.of(labels), Optional.of(labels), 1);
        Classify task = new Classify(1, CROSS_ENTROPY, Set.of(Augmentation.CROP, Augmentation.FLIP));
        Fold fold = task.objective(data).folds().get(0);
        float[] first = fold.inputs(5, 1).values();
        assertArrayEquals(first, fold.inputs(5, 1).values());
        assertFalse(Arrays.equals(first, fold.inputs(5, 2).values()));
        assertFalse(Arrays.equals(first, fold.inputs(6, 1).values()));
        assertFalse(Arrays.equals(first, values));
        assertArrayEquals(first, task.training(data).folds().get(0).inputs(5, 1).values());
        LogitValidation validation = (LogitValidation) fold.validation().orElseThrow();
        assertSame(images, validation.samples().samples());
    }

    @Test
    void dataThatCannotBeClassifiedAreRefused() {
        Classify one = new Classify(1, CROSS_ENTROPY, Set.of());
        assertEquals(Optional.empty(), one.problem(new Facts(PLANE, 20, 10, true)));
        assertEquals(
                Optional.of("task.kind is classify, but the data have no labels: give data.labels"),
                one.problem(new Facts(PLANE, 20, 10, false)));
        assertTrue(new Classify(1, CROSS_ENTROPY, Set.of(Augmentation.FLIP))
                .problem(new Facts(PLANE, 20, 10, true))
                .orElseThrow()
                .startsWith("data.augment is for images"));
        assertEquals(
                Optional.of(
                        "task.kind is classify, but all 3 training samples have the label 6: there is nothing to be told"
                                + " apart; give other data.labels"),
                one.labelProblem(new int[] {6, 6, 6}, new int[] {6, 7}));
        assertEquals(Optional.empty(), one.labelProblem(new int[] {1, 2}, new int[] {3, 3}), "told wrong");
        assertThrows(IllegalArgumentException.class, () -> one.objective(labelled(new int[] {6, 6}, new int[] {7})));
        TaskData unlabelled = new TaskData(clouds.train(), clouds.validation(), Optional.empty(), Optional.empty(), 1);
        assertEquals(
                "samples without labels cannot be classified",
                assertThrows(IllegalArgumentException.class, () -> one.objective(unlabelled))
                        .getMessage());
    }

    @Test
    void foldsNeedEnoughOfEachClass() {
        int[] train = {0, 0, 0, 0, 8, 8, 3};
        int[] validation = {8, 0, 3};
        assertEquals(Optional.empty(), new Classify(2, CROSS_ENTROPY, Set.of()).labelProblem(train, validation));
        assertEquals(
                Optional.of(
                        "task.folds is 3, but of the training and validation samples only 2 have the label 3, and each"
                                + " fold needs one: lower it to 2 or less"),
                new Classify(3, CROSS_ENTROPY, Set.of()).labelProblem(train, validation));
        assertEquals(
                Optional.of(
                        "task.folds is 2, but of the training and validation samples only 1 has the label 9, and each"
                                + " fold needs one: leave it out, or give more such samples"),
                new Classify(2, CROSS_ENTROPY, Set.of()).labelProblem(new int[] {1, 1}, new int[] {9, 1}));
        assertEquals(
                Optional.empty(),
                new Classify(2, CROSS_ENTROPY, Set.of()).labelProblem(new int[] {1, 1}, new int[] {9, 9}),
                "together there are enough of both");
        assertThrows(IllegalArgumentException.class, () -> new Classify(0, CROSS_ENTROPY, Set.of()));
    }
}

package org.aevo.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.Unfolding;
import org.aevo.metric.ImageQuality;
import org.aevo.metric.LinearProbe;
import org.aevo.metric.NearestNeighbours;
import org.aevo.metric.Neighbourhood;
import org.aevo.network.Activation;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Criterion;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator;
import org.aevo.search.Figure;
import org.aevo.search.Job;
import org.aevo.train.Engine;
import org.aevo.train.Fold;
import org.aevo.train.Loss;
import org.aevo.train.MemoryBudget;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Objective;
import org.aevo.train.Samples;
import org.aevo.train.SquaredError;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;
import org.aevo.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TaskTest {
    private static final int SIDE = 8;
    private static final int SIZE = SIDE * SIDE;
    private static final Shape SHAPE = new Shape(1, SIDE, SIDE);
    private static final int TRAIN = 600;
    private static final int VALIDATION = 300;
    private static final Genome GENOME =
            GenomeText.parse("dense(48,relu) | latent(4) | upsampling | adam(lr0.005,batch16)");
    private static final TrainingSettings SETTINGS = new TrainingSettings(12, 12, 0, Double.POSITIVE_INFINITY, 100, 0);

    private final Engine engine = new TorchEngine();
    private final TaskData labelled = data(true);

    @AfterEach
    void close() {
        engine.close();
    }

    /** Images of one bright spot; the label is the quadrant that it is in. */
    private static TaskData data(boolean withLabels) {
        int[] trainLabels = new int[TRAIN];
        int[] validationLabels = new int[VALIDATION];
        Samples train = blobs(TRAIN, 1, trainLabels);
        Samples validation = blobs(VALIDATION, 2, validationLabels);
        return new TaskData(
                train,
                validation,
                withLabels ? Optional.of(trainLabels) : Optional.empty(),
                withLabels ? Optional.of(validationLabels) : Optional.empty(),
                11);
    }

    private static Samples blobs(int count, long seed, int[] labels) {
        Random random = new Random(seed);
        float[] values = new float[count * SIZE];
        for (int i = 0; i < count; i++) {
            double row = 1 + 5 * random.nextDouble();
            double column = 1 + 5 * random.nextDouble();
            labels[i] = (row > 3.5 ? 2 : 0) + (column > 3.5 ? 1 : 0);
            for (int p = 0; p < SIZE; p++) {
                double distance = Math.pow(p / SIDE - row, 2) + Math.pow(p % SIDE - column, 2);
                values[i * SIZE + p] = (float) Math.exp(-distance / 2);
            }
        }
        return new Samples(SHAPE, count, values);
    }

    private Evaluator.Outcome outcome(Task task, TaskData data) {
        Trainer trainer = new Trainer(
                engine,
                g -> g.unfold(SHAPE, Activation.SIGMOID),
                task.objective(data),
                SETTINGS,
                MemoryBudget.UNLIMITED);
        Candidate candidate = new Candidate(3, 0, Candidate.NONE, Candidate.NONE, "random", GENOME);
        Evaluator.Outcome outcome = trainer.evaluate(new Job(candidate, 5, Double.POSITIVE_INFINITY));
        assertEquals(
                EvaluationStatus.OK,
                outcome.evaluation().status(),
                outcome.evaluation().message());
        return outcome;
    }

    private Network network(Evaluator.Outcome outcome) {
        Network network = engine.build(
                NetworkPlan.of(Unfolding.of(GENOME, SHAPE, Activation.SIGMOID), GENOME.hyperparameters(), 1));
        network.load(outcome.weights().orElseThrow());
        return network;
    }

    private static Fitness of(Figure figure) {
        return new Fitness(Optional.of(figure), 0, 0);
    }

    /** Nothing is drawn where inputs are given. */
    @Test
    void givenInputsGoInInEveryEpoch() {
        Samples targets = new Samples(Shape.vector(2), 3, new float[] {0, 1, 2, 3, 4, 5});
        Samples inputs = new Samples(Shape.vector(2), 3, new float[] {1, 1, 3, 3, 5, 5});
        Samples pairs = Samples.pairs(inputs, targets);
        TaskData data = new TaskData(pairs, pairs, Optional.empty(), Optional.empty(), 1);
        Denoise task = new Denoise(new Corruption.Given(), Loss.MSE, Fitness.VALIDATION_LOSS, 10);
        Objective objective = task.objective(data);
        assertSame(inputs, fold(objective).inputs(1, 1));
        assertSame(inputs, fold(objective).inputs(2, 7));
        assertSame(inputs, validation(objective).inputs());
        assertSame(inputs, task.testInputs(pairs, 1));
        assertArrayEquals(targets.values(), fold(objective).targets().values());
        assertArrayEquals(targets.values(), validation(objective).targets().values());
        assertThrows(
                IllegalArgumentException.class,
                () -> Samples.pairs(new Samples(Shape.vector(2), 2, new float[4]), targets));
    }

    @Test
    void reconstructionCopiesNothingTwice() {
        Objective objective = new Reconstruct(Loss.MSE, Fitness.VALIDATION_LOSS, 1000).objective(labelled);
        assertSame(fold(objective).targets(), fold(objective).inputs(5, 1));
        assertSame(validation(objective).targets(), validation(objective).inputs());
        Evaluation e = outcome(new Reconstruct(Loss.MSE, Fitness.VALIDATION_LOSS, 1000), labelled)
                .evaluation();
        assertEquals(Map.of(), e.score().figures());
        assertEquals(e.score().validationLoss(), e.fitness());
        Evaluation similar = outcome(new Reconstruct(Loss.MSE, of(Figure.SSIM), 100), labelled)
                .evaluation();
        assertEquals(e.score().validationLoss(), similar.score().validationLoss(), "training is the same");
        assertEquals(1 - similar.score().figure(Figure.SSIM), similar.fitness());
        assertTrue(
                similar.score().figure(Figure.SSIM) > 0.5 && similar.score().figure(Figure.PSNR) > 15,
                similar.toString());
    }

    /** It learns: what comes out is nearer to the clean image than what went in; figures are those of the metrics. */
    @ParameterizedTest
    @EnumSource(names = {"MSE", "BINARY_CROSS_ENTROPY"})
    void denoisingTakesNoiseAway(Loss loss) {
        Denoise task = new Denoise(new Corruption.Gaussian(0.5), loss, of(Figure.SSIM), 200);
        Evaluator.Outcome outcome = outcome(task, labelled);
        Evaluation e = outcome.evaluation();
        assertEquals(EnumSet.of(Figure.PSNR, Figure.SSIM), e.score().figures().keySet());
        assertEquals(1 - e.score().figure(Figure.SSIM), e.fitness());
        float[] clean = labelled.validation().values(0, 200);
        float[] noisy = task.validationInputs(labelled.validation(), 11).values(0, 200);
        double before = ImageQuality.psnr(clean, noisy, SHAPE);
        assertTrue(e.score().figure(Figure.PSNR) > before + 5, e.score().figure(Figure.PSNR) + " dB of " + before);
        try (Network network = network(outcome)) {
            float[] output = network.reconstruct(noisy);
            assertEquals(ImageQuality.psnr(clean, output, SHAPE), e.score().figure(Figure.PSNR), 1e-3);
            assertEquals(ImageQuality.ssim(clean, output, SHAPE), e.score().figure(Figure.SSIM), 1e-4);
        }
    }

    static List<Corruption> corruptions() {
        return List.of(new Corruption.Gaussian(0.5), new Corruption.SaltAndPepper(0.25), new Corruption.Masking(0.25));
    }

    @ParameterizedTest
    @MethodSource("corruptions")
    void trainingNoiseIsDrawnAnewAndValidationNoiseIsNot(Corruption corruption) {
        Denoise task = new Denoise(corruption, Loss.MSE, Fitness.VALIDATION_LOSS, 100);
        Objective objective = task.objective(labelled);
        assertSame(labelled.train(), fold(objective).targets());
        assertSame(labelled.validation(), validation(objective).targets());
        float[] first = fold(objective).inputs(5, 1).values(0, 3);
        assertArrayEquals(first, fold(task.objective(labelled)).inputs(5, 1).values(0, 3));
        assertFalse(Arrays.equals(first, fold(objective).inputs(5, 2).values(0, 3)));
        assertFalse(Arrays.equals(first, fold(objective).inputs(6, 1).values(0, 3)));
        float[] validation = validation(objective).inputs().values();
        assertArrayEquals(
                validation, task.validationInputs(labelled.validation(), 11).values());
        assertArrayEquals(
                validation,
                validation(new Denoise(corruption, Loss.BINARY_CROSS_ENTROPY, of(Figure.SSIM), 7).objective(labelled))
                        .inputs()
                        .values());
        assertFalse(Arrays.equals(
                validation, task.validationInputs(labelled.validation(), 12).values()));
        assertFalse(Arrays.equals(
                validation, task.testInputs(labelled.validation(), 11).values()));
    }

    @Test
    void embeddingIsMeasuredByItsCodes() {
        Embed task = new Embed(7, Loss.MSE, of(Figure.KNN_ACCURACY), 250);
        Evaluator.Outcome outcome = outcome(task, labelled);
        Evaluation e = outcome.evaluation();
        assertEquals(
                EnumSet.of(Figure.TRUSTWORTHINESS, Figure.CONTINUITY, Figure.PROBE_ACCURACY, Figure.KNN_ACCURACY),
                e.score().figures().keySet());
        assertEquals(1 - e.score().figure(Figure.KNN_ACCURACY), e.fitness());
        assertTrue(e.score().figure(Figure.KNN_ACCURACY) > 0.7, e.toString());
        try (Network network = network(outcome)) {
            float[] codes = network.encode(labelled.validation().values(0, 250));
            float[] training = network.encode(labelled.train().values(0, 250));
            int[] trainLabels = Arrays.copyOf(labelled.trainLabels().orElseThrow(), 250);
            int[] labels = Arrays.copyOf(labelled.validationLabels().orElseThrow(), 250);
            Neighbourhood neighbourhood =
                    new Neighbourhood(labelled.validation().values(0, 250), 250);
            assertEquals(neighbourhood.trustworthiness(codes, 7), e.score().figure(Figure.TRUSTWORTHINESS), 1e-3);
            assertEquals(neighbourhood.continuity(codes, 7), e.score().figure(Figure.CONTINUITY), 1e-3);
            assertEquals(
                    LinearProbe.accuracy(training, trainLabels, codes, labels),
                    e.score().figure(Figure.PROBE_ACCURACY),
                    0.01);
            assertEquals(
                    NearestNeighbours.accuracy(training, trainLabels, codes, labels, 7),
                    e.score().figure(Figure.KNN_ACCURACY),
                    0.01);
        }
    }

    @Test
    void withoutLabelsAccuraciesAreNotMeasured() {
        Evaluation e = outcome(new Embed(5, Loss.MSE, of(Figure.CONTINUITY), 100), data(false))
                .evaluation();
        assertEquals(
                Set.of(Figure.TRUSTWORTHINESS, Figure.CONTINUITY),
                e.score().figures().keySet());
        assertEquals(1 - e.score().figure(Figure.CONTINUITY), e.fitness());
        assertNotEquals(e.score().figure(Figure.CONTINUITY), e.score().figure(Figure.TRUSTWORTHINESS));
    }

    @Test
    void figuresThatDoNotFitTheHeapAreNotBegun() {
        Samples huge = new Samples(Shape.vector(1 << 30), 1000, (order, from, to, target) -> {
            throw new AssertionError("read");
        });
        TaskData data = new TaskData(huge, huge, Optional.empty(), Optional.empty(), 1);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new Embed(5, Loss.MSE, Fitness.VALIDATION_LOSS, 900).objective(data))
                .getMessage();
        assertTrue(
                message.matches(
                        "task\\.figure-samples is 900: figures of 900 samples of 1073741824 need 11059201 MiB of heap"
                                + " \\(11596413319200 bytes\\), and may take \\d+ of the \\d+ that there are: lower it, or"
                                + " raise cluster\\.worker-memory"),
                message);
    }

    /** Known before there are data: samples, a copy of them in doubles, and two bytes for each pair. */
    @Test
    void figuresNeedAHeapThatIsKnownBefore() {
        Shape shape = new Shape(3, 32, 32);
        Embed task = new Embed(5, Loss.MSE, Fitness.VALIDATION_LOSS, 1000);
        long needed = 1000 * 3072 * 12 + 2 * 1000 * 1000;
        assertEquals(Optional.empty(), task.heapProblem(shape, 4000, needed * 5 / 4 + 1));
        assertTrue(
                task.heapProblem(shape, 4000, needed * 5 / 4 - 2).orElseThrow().contains("(" + needed + " bytes)"));
        assertTrue(task.heapProblem(shape, 700, needed).isEmpty());
        assertTrue(new Denoise(new Corruption.Masking(0.5), Loss.MSE, Fitness.VALIDATION_LOSS, 5000)
                .heapProblem(shape, 5000, 1000)
                .isEmpty());
    }

    @Test
    void labelsThatAreAllEqualAreNoFitness() {
        TaskData labelled = data(true);
        int[] equal = new int[labelled.train().count()];
        Arrays.fill(equal, 3);
        TaskData data = new TaskData(
                labelled.train(), labelled.validation(), Optional.of(equal), labelled.validationLabels(), 1);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new Embed(5, Loss.MSE, of(Figure.KNN_ACCURACY), 100).objective(data))
                .getMessage();
        assertTrue(
                message.startsWith("task.fitness is knn-accuracy, but the training samples that it learns from all"
                        + " have the label 3: "),
                message);
        new Embed(5, Loss.MSE, of(Figure.CONTINUITY), 100).objective(data);
        equal[50] = 4;
        String unknown = new Embed(5, Loss.MSE, of(Figure.PROBE_ACCURACY), 100)
                .labelProblem(equal, new int[] {1, 2, 5, 6})
                .orElseThrow();
        assertTrue(
                unknown.startsWith("task.fitness is probe-accuracy, but no validation sample has a label that one of"
                        + " the 100 training samples has which it learns from: give other data.labels, "),
                unknown);
        equal[50] = 2;
        new Embed(5, Loss.MSE, of(Figure.KNN_ACCURACY), 100).objective(data);
    }

    /** Only samples that are looked at count. */
    @Test
    void labelsOfSamplesThatAreNotLookedAtDoNotHelp() {
        Embed task = new Embed(1, Loss.MSE, of(Figure.PROBE_ACCURACY), 3);
        assertTrue(task.needsLabels());
        assertFalse(new Embed(1, Loss.MSE, of(Figure.CONTINUITY), 3).needsLabels());
        assertTrue(
                task.labelProblem(new int[] {1, 1, 1, 2}, new int[] {1, 2, 1}).isPresent());
        assertTrue(task.labelProblem(new int[] {1, 1, 2, 3}, new int[] {4, 3, 3, 1})
                .isPresent());
        assertTrue(task.labelProblem(new int[] {1, 1, 2}, new int[] {4, 3, 1}).isEmpty());
    }

    /** What an objective stands on is measured, whatever the fitness is, and refused by the key that asks for it. */
    @Test
    void objectivesAreMeasuredBesideTheFitness() {
        Fitness fitness = new Fitness(Optional.empty(), 0, 0, List.of(Criterion.SSIM, Criterion.PSNR));
        Evaluation e =
                outcome(new Reconstruct(Loss.MSE, fitness, 100), labelled).evaluation();
        assertEquals(e.score().validationLoss(), e.fitness());
        assertEquals(
                List.of(1 - e.score().figure(Figure.SSIM), -e.score().figure(Figure.PSNR)),
                e.score().objectives());

        Facts vectors = new Facts(Shape.vector(100), 500, 100, false);
        assertEquals(
                Optional.of("task.objectives has ssim, but samples of 100 are no images of at least 7x7: leave it out"),
                new Reconstruct(Loss.MSE, fitness, 100).problem(vectors));
        Fitness noise = new Fitness(Optional.empty(), 0, 0, List.of(Criterion.PSNR, Criterion.PARAMETERS));
        assertEquals(Optional.empty(), new Reconstruct(Loss.MSE, noise, 100).problem(vectors));

        Fitness labels = new Fitness(
                Optional.of(Figure.CONTINUITY), 0, 0, List.of(Criterion.KNN_ACCURACY, Criterion.PARAMETERS));
        Embed embed = new Embed(5, Loss.MSE, labels, 100);
        assertTrue(embed.needsLabels());
        assertEquals(
                Optional.of("task.objectives has knn-accuracy, but the data have no labels: give data.labels, or leave"
                        + " it out"),
                embed.problem(vectors));
        assertTrue(embed.labelProblem(new int[] {3, 3}, new int[] {3, 4})
                .orElseThrow()
                .startsWith("task.objectives has knn-accuracy, but the training samples that it learns from all"));
    }

    @Test
    void dataThatCannotServe() {
        Facts vectors = new Facts(Shape.vector(100), 500, 100, false);
        Facts small = new Facts(new Shape(3, 6, 20), 500, 100, true);
        Facts images = new Facts(new Shape(3, 7, 20), 500, 100, true);
        Task similar = new Denoise(new Corruption.Masking(0.5), Loss.MSE, of(Figure.SSIM), 1000);
        assertEquals(
                Optional.of("task.fitness is ssim, but samples of 100 are no images of at least 7x7: choose"
                        + " validation-loss"),
                similar.problem(vectors));
        assertTrue(similar.problem(small).orElseThrow().contains("3x6x20"));
        assertEquals(Optional.empty(), similar.problem(images));
        assertTrue(new Reconstruct(Loss.MSE, of(Figure.SSIM), 10).problem(small).isPresent());
        assertEquals(Optional.empty(), new Reconstruct(Loss.MSE, Fitness.VALIDATION_LOSS, 10).problem(small));

        assertEquals(Optional.empty(), new Embed(5, Loss.MSE, Fitness.VALIDATION_LOSS, 1000).problem(vectors));
        String unlabelled = new Embed(5, Loss.MSE, of(Figure.PROBE_ACCURACY), 1000)
                .problem(vectors)
                .orElseThrow();
        assertTrue(unlabelled.startsWith("task.fitness is probe-accuracy, but the data have no labels"), unlabelled);
        assertEquals(Optional.empty(), new Embed(5, Loss.MSE, of(Figure.PROBE_ACCURACY), 1000).problem(images));
        assertEquals(Optional.empty(), new Embed(49, Loss.MSE, of(Figure.CONTINUITY), 1000).problem(vectors));
        String many = new Embed(50, Loss.MSE, Fitness.VALIDATION_LOSS, 1000)
                .problem(vectors)
                .orElseThrow();
        assertTrue(many.startsWith("task.neighbours is 50, but must be fewer than half the 100 validation"), many);
        assertTrue(new Embed(5, Loss.MSE, Fitness.VALIDATION_LOSS, 10)
                .problem(vectors)
                .isPresent());
        assertTrue(new Embed(30, Loss.MSE, Fitness.VALIDATION_LOSS, 1000)
                .problem(new Facts(Shape.vector(9), 20, 100, true))
                .orElseThrow()
                .contains("more than the 20 training samples"));
    }

    private static Fold fold(Objective objective) {
        return objective.folds().get(0);
    }

    private static SquaredError validation(Objective objective) {
        return (SquaredError) fold(objective).validation().orElseThrow();
    }
}

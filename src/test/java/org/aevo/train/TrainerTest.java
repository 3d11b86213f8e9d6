package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import org.aevo.genome.GenomeText;
import org.aevo.genome.Unfolding;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Criterion;
import org.aevo.search.Durations;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator;
import org.aevo.search.Figure;
import org.aevo.search.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class TrainerTest {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final double FOREVER = Double.POSITIVE_INFINITY;
    private static final String GOOD =
            "conv(4,k3,s2,relu,bn) dense(12,swish,drop0.1) | latent(4) | upsampling | adam(lr0.01,batch16)";

    private final Shape shape = new Shape(1, 6, 6);
    private final Samples train = blobs(100, 1);
    private final Samples validation = blobs(37, 2);
    private final EngineKind kind;
    private final Engine engine;

    TrainerTest(EngineKind kind) {
        this.kind = kind;
        this.engine = TestEngines.open(kind);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /** Images of one bright spot: there is something to learn. */
    private Samples blobs(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count * 36];
        for (int i = 0; i < count; i++) {
            double row = 1 + 4 * random.nextDouble();
            double column = 1 + 4 * random.nextDouble();
            for (int p = 0; p < 36; p++) {
                double distance = Math.pow(p / 6 - row, 2) + Math.pow(p % 6 - column, 2);
                values[i * 36 + p] = (float) Math.exp(-distance);
            }
        }
        return new Samples(shape, count, values);
    }

    private Evaluator trainer(TrainingSettings settings) {
        return new Trainer(engine, g -> g.unfold(shape, Activation.SIGMOID), train, validation, settings);
    }

    private static TrainingSettings settings(int epochs, int patience) {
        return new TrainingSettings(epochs, patience, 0, FOREVER, 100, 0);
    }

    private static Candidate candidate(String genome) {
        return new Candidate(7, 0, Candidate.NONE, Candidate.NONE, "random", GenomeText.parse(genome));
    }

    private static Evaluation evaluate(Evaluator trainer, String genome) {
        return trainer.evaluate(new Job(candidate(genome), 5, ANY)).evaluation();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GOOD,
                "dense(20,tanh) | latent(4) | upsampling | rmsprop(lr0.003,batch16)",
                "conv(4,k3,s1,relu) pool(2) | latent(4) | deconvolution | nesterov(lr0.1,batch16)"
            })
    void theFitnessIsThatOfTheWeightsGivenBack(String genome) {
        Evaluator trainer = trainer(settings(12, 12));
        Evaluator.Outcome outcome = trainer.evaluate(new Job(candidate(genome), 5, ANY));
        Evaluation e = outcome.evaluation();
        assertEquals(EvaluationStatus.OK, e.status(), e.message());
        assertEquals("", e.message());
        assertEquals(7, e.id());
        assertEquals(12, e.effort().epochs());
        assertEquals(12, e.curve().size());
        assertEquals(e.fitness(), e.score().validationLoss());
        Evaluation.Epoch best = e.curve().stream()
                .min((a, b) -> Double.compare(a.validationLoss(), b.validationLoss()))
                .orElseThrow();
        assertEquals(best.validationLoss(), e.fitness());
        assertEquals(best.trainLoss(), e.score().trainLoss());
        assertTrue(e.fitness() < 0.8 * e.curve().get(0).validationLoss(), e.toString());

        Blueprint blueprint = Unfolding.of(GenomeText.parse(genome), shape, Activation.SIGMOID);
        assertEquals(blueprint.parameters(), e.effort().parameters());
        ReferenceNetwork reference =
                new ReferenceNetwork(blueprint, outcome.weights().orElseThrow());
        assertEquals(reference.loss(validation.values(), false), e.fitness(), 1e-6);
    }

    /** Of a hundred samples a quarter, the same for the same seed; validated on all samples that are for that. */
    @Test
    void anEvaluationMayTrainOnAPart() {
        TrainingSettings all = settings(3, 3);
        Evaluation whole = evaluate(trainer(all), GOOD);
        assertEquals(whole.fitness(), evaluate(trainer(all.onPart(1)), GOOD).fitness());
        Evaluation part = evaluate(trainer(all.onPart(0.25)), GOOD);
        assertEquals(EvaluationStatus.OK, part.status(), part.message());
        assertEquals(
                0.25,
                part.effort().samplesPerSecond()
                        * part.effort().durations().train()
                        / (whole.effort().samplesPerSecond()
                                * whole.effort().durations().train()),
                1e-9);
        assertEquals(part.fitness(), evaluate(trainer(all.onPart(0.25)), GOOD).fitness());
        Evaluation other = trainer(all.onPart(0.25))
                .evaluate(new Job(candidate(GOOD), 6, ANY))
                .evaluation();
        assertNotEquals(part.fitness(), other.fitness());
    }

    @Test
    void anEpochDrawsFromThePartThatIsTrainedOn() {
        TrainingSettings some = new TrainingSettings(1, 1, 0, FOREVER, 100, 26);
        assertEquals(EvaluationStatus.OK, evaluate(trainer(some), GOOD).status());
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> trainer(some.onPart(0.25)));
        assertEquals("samples per epoch must be at most the 25 training samples, was 26", refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> some.onPart(0));
        assertThrows(IllegalArgumentException.class, () -> some.onPart(1.01));
        assertEquals(1, some.onPart(1e-6).part(100));
        assertEquals(3, some.onPart(0.025).part(100));
    }

    /** The limit is the same for every worker; the engine is not even asked. */
    @Test
    void aCandidateThatWouldExceedItsMemoryIsNotBuilt() {
        Blueprint blueprint = Unfolding.of(GenomeText.parse(GOOD), shape, Activation.SIGMOID);
        long needed = blueprint.trainingBytes(16);
        Evaluation refused = evaluate(limited(needed - 1), GOOD);
        assertEquals(EvaluationStatus.OUT_OF_MEMORY, refused.status());
        assertTrue(
                refused.message()
                        .matches(
                                "not built: training with batches of 16 needs an estimated \\d+ MiB, a candidate may need"
                                        + " \\d+ of the 900 MiB of a worker"),
                refused.message());
        assertEquals(0, refused.effort().epochs());
        assertEquals(EvaluationStatus.OK, evaluate(limited(needed), GOOD).status());
    }

    private Evaluator limited(long bytes) {
        return new Trainer(
                engine,
                g -> g.unfold(shape, Activation.SIGMOID),
                Objective.reconstruction(train, validation),
                settings(1, 1),
                new MemoryBudget(OptionalLong.of(900 << 20), OptionalLong.of(bytes)));
    }

    /** Inputs of all ones, of which the seed and the epoch are remembered; the figure is the error of the constant's image. */
    private final class Constants implements Objective, Fold {
        private final List<String> asked = new ArrayList<>();
        private final double figure;
        private final Loss loss;
        private final List<Criterion> criteria;
        private double measured = Double.NaN;

        Constants(double figure, Loss loss, Criterion... criteria) {
            this.figure = figure;
            this.loss = loss;
            this.criteria = List.of(criteria);
        }

        @Override
        public List<Criterion> criteria() {
            return criteria;
        }

        @Override
        public Samples targets() {
            return train;
        }

        @Override
        public Samples inputs(long seed, int epoch) {
            asked.add(seed + "." + epoch);
            return ones(train.count());
        }

        @Override
        public List<Fold> folds() {
            return List.of(this);
        }

        @Override
        public Optional<Validation> validation() {
            return Optional.of(Validation.squaredError(validationInputs(), validation));
        }

        Samples validationInputs() {
            return ones(validation.count());
        }

        private Samples ones(int count) {
            return new Samples(shape, count, (order, from, to, target) -> {
                for (int i = 0; i < (to - from) * 36; i++) {
                    target.put(1);
                }
            });
        }

        @Override
        public Loss loss() {
            return loss;
        }

        @Override
        public Map<Figure, Double> figures(Network network) {
            long start = System.nanoTime();
            measured = network.loss(validationInputs(), validation, 0, validation.count());
            while (System.nanoTime() - start < 50_000_000L) {
                Thread.onSpinWait();
            }
            return Map.of(Figure.SSIM, figure);
        }

        @Override
        public double fitness(double loss, Map<Figure, Double> figures, long parameters, double seconds) {
            assertTrue(seconds > 0);
            return 1 - figures.get(Figure.SSIM) + parameters;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MSE", "BINARY_CROSS_ENTROPY"})
    void theObjectiveSaysWhatGoesInAndWhatItIsWorth(Loss loss) {
        Constants objective = new Constants(0.75, loss);
        Evaluator trainer = trainer(objective, settings(4, 4));
        Evaluator.Outcome outcome = trainer.evaluate(new Job(candidate(GOOD), 5, ANY));
        Evaluation e = outcome.evaluation();
        assertEquals(EvaluationStatus.OK, e.status(), e.message());
        assertEquals(List.of("5.1", "5.2", "5.3", "5.4"), objective.asked);
        assertEquals(Map.of(Figure.SSIM, 0.75), e.score().figures());
        assertEquals(0.25 + e.effort().parameters(), e.fitness());
        assertTrue(
                e.effort().durations().validate() >= 0.05,
                e.effort().durations().toString());
        // of the best epoch's weights, and always the squared error
        assertEquals(e.score().validationLoss(), objective.measured, 1e-6);
        Blueprint blueprint = Unfolding.of(GenomeText.parse(GOOD), shape, Activation.SIGMOID);
        ReferenceNetwork reference =
                new ReferenceNetwork(blueprint, outcome.weights().orElseThrow());
        float[] ones = objective.validationInputs().values();
        assertEquals(
                reference.loss(Loss.MSE, ones, validation.values(), false),
                e.score().validationLoss(),
                1e-6,
                "inputs are ones");
        // where nothing can be seen, the mean image is the best answer: training came near it
        assertTrue(
                e.score().trainLoss() < (loss == Loss.MSE ? 0.1 : 0.5)
                        && e.score().trainLoss() > 0,
                e.toString());
        assertEquals(
                loss == Loss.BINARY_CROSS_ENTROPY,
                e.score().trainLoss() > 2 * e.score().validationLoss());
        assertTrue(
                trainer.evaluate(new Job(candidate(GOOD), 5, e.fitness()))
                        .weights()
                        .isEmpty(),
                "not below the bar");
        assertTrue(trainer.evaluate(new Job(candidate(GOOD), 5, Math.nextUp(e.fitness())))
                .weights()
                .isPresent());
    }

    @Test
    void objectivesAreWhatWasMeasured() {
        Constants objective = new Constants(
                0.75,
                Loss.MSE,
                Criterion.OPERATIONS,
                Criterion.VALIDATION_LOSS,
                Criterion.SSIM,
                Criterion.TRAINING_SECONDS,
                Criterion.CODE_SIZE,
                Criterion.PARAMETERS);
        Evaluation e = evaluate(trainer(objective, settings(3, 3)), GOOD);
        assertEquals(EvaluationStatus.OK, e.status(), e.message());
        Blueprint blueprint = Unfolding.of(GenomeText.parse(GOOD), shape, Activation.SIGMOID);
        assertEquals(
                List.of(
                        blueprint.forwardOperations(),
                        e.score().validationLoss(),
                        0.25,
                        e.effort().durations().train(),
                        4.0,
                        (double) blueprint.parameters()),
                e.score().objectives());
        assertEquals(List.of(), evaluate(trainer(settings(1, 1)), GOOD).score().objectives());
    }

    @Test
    void anObjectiveThatWasNotMeasuredIsNoResult() {
        Constants objective = new Constants(0.75, Loss.MSE, Criterion.PARAMETERS, Criterion.ACCURACY);
        Evaluation e = evaluate(trainer(objective, settings(1, 1)), GOOD);
        assertEquals(EvaluationStatus.FAILED, e.status());
        assertEquals("its objective accuracy is NaN: a figure could not be measured, or is without bound", e.message());
        assertEquals(List.of(), e.score().objectives());
        assertFalse(e.hasFitness());
    }

    @Test
    void withoutItsFigureThereIsNoFitness() {
        Evaluator.Outcome outcome =
                trainer(new Constants(Double.NaN, Loss.MSE), settings(1, 1)).evaluate(new Job(candidate(GOOD), 5, ANY));
        assertEquals(EvaluationStatus.FAILED, outcome.evaluation().status());
        assertEquals(
                "its fitness is NaN: a figure could not be measured, or is without bound",
                outcome.evaluation().message());
        assertFalse(outcome.evaluation().hasFitness());
        assertTrue(outcome.weights().isEmpty());
    }

    private Evaluator trainer(Objective objective, TrainingSettings settings) {
        return new Trainer(
                engine, g -> g.unfold(shape, Activation.SIGMOID), objective, settings, MemoryBudget.UNLIMITED);
    }

    @Test
    void theTimesAddUp() {
        long start = System.nanoTime();
        Evaluation e = evaluate(trainer(settings(5, 5)), GOOD);
        double wall = (System.nanoTime() - start) * 1e-9;
        Durations d = e.effort().durations();
        assertTrue(d.build() > 0 && d.train() > 0 && d.validate() > 0, d.toString());
        assertTrue(d.total() <= wall, d + " of " + wall);
        assertEquals(
                500 / d.train(),
                e.effort().samplesPerSecond(),
                1e-6 * e.effort().samplesPerSecond());
        double elapsed = 0;
        for (int i = 0; i < e.curve().size(); i++) {
            assertEquals(i + 1, e.curve().get(i).epoch());
            assertTrue(e.curve().get(i).elapsed() >= elapsed);
            elapsed = e.curve().get(i).elapsed();
        }
        assertTrue(elapsed <= wall);
    }

    @Test
    void patienceEndsTraining() {
        // so small a rate that no epoch improves by half
        TrainingSettings settings = new TrainingSettings(50, 3, 0.5, FOREVER, 100, 0);
        Evaluation e = evaluate(trainer(settings), "dense(8,tanh) | latent(4) | upsampling | adam(lr1.0E-6,batch16)");
        assertEquals(EvaluationStatus.OK, e.status());
        assertEquals(4, e.effort().epochs());
    }

    /** Remembers what it hears, and ends an evaluation after an epoch. */
    private static final class StopAfter implements Control {
        private final int epochs;
        private final List<Evaluation.Epoch> points = new ArrayList<>();
        private final List<String> steps = new ArrayList<>();

        StopAfter(int epochs) {
            this.epochs = epochs;
        }

        @Override
        public void step(int epoch, int samples, int of) {
            steps.add(epoch + ":" + samples + "/" + of);
        }

        @Override
        public Verdict epoch(Evaluation.Epoch point) {
            points.add(point);
            return point.epoch() == epochs ? Verdict.STOP : Verdict.GO_ON;
        }
    }

    /** The best epoch so far is the result, whatever the last one was. */
    @Test
    void aControlMayEndATrainingAfterAnyEpoch() {
        Evaluator trainer = trainer(new TrainingSettings(40, 40, 0, FOREVER, 100, 50));
        List<Evaluation.Epoch> whole =
                trainer.evaluate(new Job(candidate(GOOD), 5, ANY)).evaluation().curve();
        int worse = 2;
        while (whole.get(worse - 1).validationLoss() <= whole.get(worse - 2).validationLoss()) {
            worse++;
        }
        assertTrue(worse < whole.size(), "the whole training goes on");

        StopAfter control = new StopAfter(worse);
        Evaluator.Outcome outcome = trainer.evaluate(new Job(candidate(GOOD), 5, ANY), control);
        Evaluation e = outcome.evaluation();
        assertEquals(EvaluationStatus.OK, e.status(), e.message());
        assertEquals("", e.message());
        assertEquals(worse, e.effort().epochs());
        assertEquals(e.curve(), control.points);
        assertEquals(List.of("1:16/50", "1:32/50", "1:48/50", "1:50/50", "2:16/50"), control.steps.subList(0, 5));
        assertEquals(4 * worse, control.steps.size());
        assertEquals(losses(whole.subList(0, worse)), losses(e.curve()), "the same training until then");
        double best = Collections.min(losses(e.curve()));
        assertTrue(best < e.curve().get(worse - 1).validationLoss());
        assertEquals(best, e.fitness());
        Blueprint blueprint = Unfolding.of(GenomeText.parse(GOOD), shape, Activation.SIGMOID);
        ReferenceNetwork reference =
                new ReferenceNetwork(blueprint, outcome.weights().orElseThrow());
        assertEquals(reference.loss(validation.values(), false), e.fitness(), 1e-6);
    }

    private static List<Double> losses(List<Evaluation.Epoch> curve) {
        return curve.stream().map(Evaluation.Epoch::validationLoss).toList();
    }

    /** No engine has to be asked to build what none can. */
    @Test
    void whatThePlanRefusesIsInvalid() {
        Evaluator trainer = new Trainer(
                engine,
                g -> g.unfold(shape, Activation.TANH),
                new Constants(0.5, Loss.BINARY_CROSS_ENTROPY),
                settings(1, 1),
                MemoryBudget.UNLIMITED);
        Evaluation cross = evaluate(trainer, GOOD);
        assertEquals(EvaluationStatus.INVALID, cross.status());
        assertEquals("binary cross-entropy needs the output activation sigmoid, the network has tanh", cross.message());
        Evaluation large = evaluate(
                trainer(settings(1, 1)),
                "dense(60000,relu) dense(60000,relu) | latent(4) | upsampling | adam(lr0.01,batch16)");
        assertEquals(EvaluationStatus.INVALID, large.status());
        assertTrue(
                large.message().matches("the network has 72\\d+ weights, the most that can be trained are 2147483647"),
                large.message());
    }

    @Test
    void weightsComeOnlyBelowTheBar() {
        Evaluator trainer = trainer(settings(1, 1));
        Evaluator.Outcome all = trainer.evaluate(new Job(candidate(GOOD), 5, ANY));
        double fitness = all.evaluation().fitness();
        assertTrue(all.weights().isPresent());
        assertTrue(
                trainer.evaluate(new Job(candidate(GOOD), 5, fitness)).weights().isEmpty());
        assertTrue(trainer.evaluate(new Job(candidate(GOOD), 5, Math.nextUp(fitness)))
                .weights()
                .isPresent());
        assertTrue(trainer.evaluate(new Job(candidate(GOOD), 5, Double.NaN))
                .weights()
                .isEmpty());
    }

    @Test
    void anEpochMaySeeAShareOfTheSamples() {
        TrainingSettings settings = new TrainingSettings(3, 3, 0, FOREVER, 100, 20);
        Evaluation e = evaluate(trainer(settings), GOOD);
        assertEquals(3, e.effort().epochs());
        assertEquals(
                60 / e.effort().durations().train(),
                e.effort().samplesPerSecond(),
                1e-6 * e.effort().samplesPerSecond());
    }

    @Test
    void divergenceIsNamed() {
        Function<Design, Blueprint> linear = g -> g.unfold(shape, Activation.IDENTITY);
        Evaluator trainer = new Trainer(engine, linear, train, validation, settings(20, 20));
        Evaluation e = evaluate(trainer, "dense(30,relu) | latent(8) | upsampling | nesterov(lr1000.0,batch16)");
        assertEquals(EvaluationStatus.DIVERGED, e.status());
        assertTrue(e.message().matches("diverged in epoch 1: training loss [0-9NI].*"), e.message());
        assertFalse(e.hasFitness());
        assertTrue(Double.isNaN(e.fitness()));
        assertEquals(EvaluationStatus.OK, evaluate(trainer, GOOD).status(), "the next candidate");
    }

    @Test
    void whatCannotBeBuiltIsInvalid() {
        Evaluator trainer = trainer(settings(1, 1));
        Evaluation e =
                evaluate(trainer, "dense(8,relu) conv(3,k3,s1,relu) | latent(4) | upsampling | adam(lr0.001,batch16)");
        assertEquals(EvaluationStatus.INVALID, e.status());
        assertEquals("gene 1: a spatial gene cannot follow a dense one", e.message());
        assertEquals(0, e.effort().epochs());
        assertEquals(0, e.effort().parameters());
        // what one engine alone cannot build is refused before a run starts
        assertEquals(
                kind == EngineKind.DL4J ? EvaluationStatus.INVALID : EvaluationStatus.OK,
                evaluate(trainer, "conv(3,k1,s3,relu) | latent(4) | deconvolution | adam(lr0.001,batch16)")
                        .status());
    }

    @Test
    void otherErrorsAreFailures() {
        Evaluator trainer = new Trainer(
                engine,
                g -> {
                    throw new IllegalStateException("first line\nsecond line");
                },
                train,
                validation,
                settings(1, 1));
        Evaluation e = evaluate(trainer, GOOD);
        assertEquals(EvaluationStatus.FAILED, e.status());
        assertEquals("IllegalStateException: first line", e.message());
    }

    @Test
    void theTimeLimitKeepsTheBestEpoch() {
        Evaluation some = null;
        // On a busy machine half a second may pass before the first epoch ends.
        for (double limit = 0.5; some == null || some.effort().epochs() == 0 && limit < 100; limit *= 2) {
            some = evaluate(trainer(new TrainingSettings(1_000_000, 1_000_000, 0, limit, 100, 0)), GOOD);
            assertEquals(EvaluationStatus.TIME_LIMIT, some.status());
            assertTrue(some.message().startsWith("time limit of " + limit + " s reached in epoch "), some.message());
            assertTrue(some.effort().durations().train() < limit + 30, some.toString());
        }
        assertTrue(some.effort().epochs() > 0 && some.hasFitness(), some.toString());

        TrainingSettings none = new TrainingSettings(10, 10, 0, 1e-9, 100, 0);
        Evaluator.Outcome nothing = trainer(none).evaluate(new Job(candidate(GOOD), 5, ANY));
        assertEquals(EvaluationStatus.TIME_LIMIT, nothing.evaluation().status());
        assertFalse(nothing.evaluation().hasFitness());
        assertTrue(nothing.weights().isEmpty());
    }

    @Test
    void theSeedDecides() {
        Evaluator trainer = trainer(settings(2, 2));
        double one =
                trainer.evaluate(new Job(candidate(GOOD), 5, ANY)).evaluation().fitness();
        double other =
                trainer.evaluate(new Job(candidate(GOOD), 6, ANY)).evaluation().fitness();
        assertNotEquals(one, other);
    }

    @Test
    void anOrderIsAPermutationAndChanges() {
        EpochOrder order = new EpochOrder(50, new Random(3));
        int[] first = order.next(50).clone();
        int[] second = order.next(50).clone();
        assertNotEquals(boxed(first), boxed(second));
        for (int[] o : new int[][] {first, second}) {
            assertEquals(50, boxed(o).stream().distinct().count());
            assertEquals(49, boxed(o).stream().max(Integer::compare).orElseThrow());
        }
    }

    private static List<Integer> boxed(int[] values) {
        return java.util.Arrays.stream(values).boxed().toList();
    }

    @Test
    void settingsAreChecked() {
        assertMessage("max epochs must be at least 1, was 0", () -> settings(0, 1));
        assertMessage("patience must be at least 1 epoch, was 0", () -> settings(1, 0));
        assertMessage("was NaN", () -> new TrainingSettings(1, 1, Double.NaN, 1, 2, 0));
        assertMessage("time limit must be positive, was 0.0 s", () -> new TrainingSettings(1, 1, 0, 0, 2, 0));
        assertMessage("was 1.0", () -> new TrainingSettings(1, 1, 0, 1, 1, 0));
        assertMessage("was -1", () -> new TrainingSettings(1, 1, 0, 1, 2, -1));
        assertMessage("need 36 values, there are 35", () -> new Samples(shape, 1, new float[35]));
        assertMessage("at most the 100", () -> trainer(new TrainingSettings(1, 1, 0, 1, 2, 101)));
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}

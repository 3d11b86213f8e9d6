package org.aevo.ensemble.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.aevo.ensemble.ClassifierSettings;
import org.aevo.ensemble.EnsemblePlan;
import org.aevo.ensemble.EnsembleSettings;
import org.aevo.ensemble.KeptArrays;
import org.aevo.ensemble.PlannedTask;
import org.aevo.ensemble.Predictions;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Classes;
import org.aevo.network.Design;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationSeed;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Inheritance.Origin;
import org.aevo.search.Job;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Weights;
import org.aevo.task.Fitness;
import org.aevo.task.Reconstruct;
import org.aevo.task.TaskData;
import org.aevo.train.Engine;
import org.aevo.train.EngineKind;
import org.aevo.train.Loss;
import org.aevo.train.MemoryBudget;
import org.aevo.train.Samples;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;
import org.aevo.train.dl4j.Dl4jEngine;
import org.aevo.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The tasks of an ensemble, done by both engines on samples of three classes that a code can tell. */
@ParameterizedClass
@EnumSource
class EnsembleEvaluatorTest {
    private static final long RUN_SEED = 5;
    private static final int SIZE = 6;
    private static final Design FIRST = design("dense(5,tanh)", 2);
    private static final Design SECOND = design("dense(7,relu)", 3);

    private final Engine engine;
    private final Store store = new Store();
    private EnsemblePlan plan = plan(false);
    private EnsembleData data = data(3);
    private double fraction = 1;

    EnsembleEvaluatorTest(EngineKind kind) {
        this.engine = kind == EngineKind.DL4J ? new Dl4jEngine() : new TorchEngine();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static Design design(String genes, int latent) {
        return GenomeText.parse(genes + " | latent(" + latent + ") | upsampling | adam(lr0.01,batch16)");
    }

    private static EnsemblePlan plan(boolean bootstrap) {
        return new EnsemblePlan(new EnsembleSettings(
                List.of(FIRST, SECOND),
                3,
                List.of(1, 3),
                bootstrap,
                1,
                FIRST,
                6,
                List.of(2, 6),
                new ClassifierSettings(4, 8, 0.05, 16),
                true));
    }

    /** What is kept, in memory. */
    private static final class Store implements ParentWeights {
        final Map<Long, TrainedNetwork> kept = new HashMap<>();
        boolean full;

        @Override
        public Answer get(long id) {
            return kept.containsKey(id)
                    ? new Found(kept.get(id))
                    : new NotFound(Origin.MISSING, KeptArrays.fileName(id) + ": there is no such file");
        }

        @Override
        public void put(TrainedNetwork network) throws IOException {
            if (full) {
                throw new IOException("the disk is full");
            }
            kept.put(network.id(), network);
        }
    }

    /** Each class around a corner of its own. */
    private static Samples samples(int[] labels, long seed) {
        Random random = new Random(seed);
        float[] values = new float[labels.length * SIZE];
        for (int i = 0; i < values.length; i++) {
            int label = labels[i / SIZE];
            double corner = i % SIZE / 2 == label ? 0.8 : 0.2;
            values[i] = (float) Math.max(0, Math.min(1, corner + 0.1 * random.nextGaussian()));
        }
        return new Samples(Shape.vector(SIZE), labels.length, values);
    }

    private static int[] labels(int count) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i * 7 % 3;
        }
        return labels;
    }

    private static EnsembleData data(long testSeed) {
        int[] train = labels(96);
        int[] validation = labels(30);
        int[] test = labels(40);
        return new EnsembleData(
                new TaskData(samples(train, 1), samples(validation, 2), Optional.of(train), Optional.of(validation), 9),
                Classes.of(train),
                Optional.of(new EnsembleData.Test(samples(test, testSeed), test)));
    }

    private static Blueprint blueprint(Design design) {
        return design.unfold(Shape.vector(SIZE), Activation.SIGMOID);
    }

    private EnsembleEvaluator evaluator() {
        return new EnsembleEvaluator(
                engine,
                EnsembleEvaluatorTest::blueprint,
                plan,
                data,
                new Reconstruct(Loss.MSE, Fitness.VALIDATION_LOSS, 100),
                // patience and epochs of searches make no difference to an ensemble
                new TrainingSettings(1, 1, 0.5, Double.POSITIVE_INFINITY, 100, 0).onPart(fraction),
                MemoryBudget.UNLIMITED,
                store,
                RUN_SEED);
    }

    private PlannedTask task(String text) {
        return plan.tasks().stream()
                .filter(task -> task.task().toString().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private Evaluation done(String text) {
        return done(text, Candidate.NONE);
    }

    private Evaluation done(String text, long ended) {
        return done(text, ended, Control.NONE);
    }

    private Evaluation done(String text, long ended, Control control) {
        PlannedTask task = task(text);
        Candidate candidate =
                new Candidate(task.id(), 0, Candidate.NONE, ended, task.task().toString(), task.design());
        // not closed: that would close the engine
        return evaluator()
                .evaluate(new Job(candidate, EvaluationSeed.of(RUN_SEED, candidate), Double.NaN), control)
                .evaluation();
    }

    private Evaluation good(String text) {
        Evaluation evaluation = done(text);
        assertEquals(EvaluationStatus.OK, evaluation.status(), evaluation.message());
        return evaluation;
    }

    private Set<String> kept() {
        Set<String> names = new TreeSet<>();
        store.kept.keySet().forEach(number -> names.add(KeptArrays.fileName(number)));
        return names;
    }

    private Weights weights(String text, int epoch) {
        return store.kept.get(KeptArrays.number(task(text).id(), epoch)).weights();
    }

    private Predictions predictions(String text) {
        return assertInstanceOf(
                        KeptArrays.Found.class,
                        KeptArrays.predictions(store, task(text).id()))
                .predictions();
    }

    private static void assertSame(Weights expected, Weights actual) {
        assertEquals(expected.arrays().size(), actual.arrays().size());
        for (int i = 0; i < expected.arrays().size(); i++) {
            assertArrayEquals(
                    expected.arrays().get(i).values(), actual.arrays().get(i).values());
        }
    }

    /** The weights after an epoch are those of a training of as many epochs and nothing else. */
    @Test
    void aMemberIsTrainedExactlyAsLongAndKeptAfterEachEpoch() {
        Evaluation member = good("member:r1:m1");
        assertEquals(3, member.curve().size());
        assertEquals(3, member.effort().epochs());
        assertEquals(member.curve().get(2).validationLoss(), member.fitness());
        long id = task("member:r1:m1").id();
        assertEquals(
                Set.of(
                        "task-" + id + "-epoch-1.arrays",
                        "task-" + id + "-epoch-2.arrays",
                        "task-" + id + "-epoch-3.arrays"),
                kept());
        for (int epoch = 1; epoch <= 3; epoch++) {
            TrainingSettings alone = new TrainingSettings(
                    epoch, epoch, 0, Double.POSITIVE_INFINITY, 100, 0, 0, 0, TrainingSettings.Kept.LAST);
            Trainer trainer = new Trainer(
                    engine,
                    EnsembleEvaluatorTest::blueprint,
                    data.samples().train(),
                    data.samples().validation(),
                    alone);
            Candidate candidate = new Candidate(id, 0, Candidate.NONE, Candidate.NONE, "alone", FIRST);
            Job job = new Job(candidate, EvaluationSeed.of(RUN_SEED, candidate), Double.POSITIVE_INFINITY);
            assertSame(trainer.evaluate(job).weights().orElseThrow(), weights("member:r1:m1", epoch));
        }
        double before = 0;
        for (Evaluation.Epoch epoch : member.curve()) {
            assertTrue(epoch.elapsed() > before);
            before = epoch.elapsed();
        }
    }

    @Test
    void ofTheMonolithOnlyMeasuredEpochsAreKept() {
        assertEquals(6, good("monolith:r1").curve().size());
        long id = task("monolith:r1").id();
        assertEquals(Set.of("task-" + id + "-epoch-2.arrays", "task-" + id + "-epoch-6.arrays"), kept());
        assertEquals(8, good("monolith-classifier:r1:e6").curve().size());
    }

    @Test
    void classifiersKeepWhatTheyPredictAndHaveNoFitness() {
        good("member:r1:m1");
        good("member:r1:m2");
        Map<String, Integer> autoencoders =
                Map.of("joint-classifier:r1:e3", 2, "member-classifier:r1:m2:e3", 1, "components-classifier:r1", 1);
        Map<String, Integer> codes =
                Map.of("joint-classifier:r1:e3", 5, "member-classifier:r1:m2:e3", 3, "components-classifier:r1", 5);
        autoencoders.forEach((text, sources) -> {
            Evaluation evaluation = good(text);
            assertTrue(Double.isNaN(evaluation.fitness()), text);
            // a hidden layer of four, three classes
            int inputs = codes.get(text);
            assertEquals((inputs + 1) * 4 + (4 + 1) * 3, evaluation.effort().parameters(), text);
            Predictions predictions = predictions(text);
            assertEquals(sources, predictions.encodeSeconds().size(), text);
            assertEquals(accuracy(predictions.validation()), evaluation.score().figure(Figure.ACCURACY), 1e-12, text);
            assertEquals(
                    crossEntropy(predictions.validation()),
                    evaluation.score().figure(Figure.CROSS_ENTROPY),
                    1e-5,
                    text);
            assertArrayEquals(labels(40), predictions.test().orElseThrow().labels());
            assertEquals(
                    accuracy(predictions.test().orElseThrow()),
                    evaluation.score().figure(Figure.TEST_ACCURACY),
                    1e-12,
                    text);
            assertTrue(accuracy(predictions.test().orElseThrow()) > 0.6, text + ": classes that a code tells apart");
            assertTrue(evaluation.effort().durations().build()
                    >= predictions.encodeSeconds().stream().mapToDouble(s -> s).sum() - 1e-6);
        });
    }

    private static double accuracy(Predictions.Part part) {
        int right = 0;
        for (int i = 0; i < part.count(); i++) {
            float[] p = Arrays.copyOfRange(part.probabilities(), 3 * i, 3 * i + 3);
            float mine = p[part.labels()[i]];
            right += mine >= p[0] && mine >= p[1] && mine >= p[2] ? 1 : 0;
            assertEquals(1, p[0] + p[1] + p[2], 1e-5);
        }
        return right / (double) part.count();
    }

    private static double crossEntropy(Predictions.Part part) {
        double sum = 0;
        for (int i = 0; i < part.count(); i++) {
            sum -= Math.log(part.probabilities()[3 * i + part.labels()[i]]);
        }
        return sum / part.count();
    }

    /** Lost, another epoch's, or of other shapes: the same weights are made again, to the bit, and the numbers are the same. */
    @Test
    void weightsThatCannotBeHadAreMadeOnceMore() throws IOException {
        good("member:r1:m1");
        good("member:r1:m2");
        good("joint-classifier:r1:e3");
        Weights first = weights("member:r1:m1", 3);
        float[] told =
                predictions("joint-classifier:r1:e3").test().orElseThrow().probabilities();
        long number = KeptArrays.number(task("member:r1:m1").id(), 3);
        TrainedNetwork whole = store.kept.get(number);
        Weights other = weights("member:r1:m2", 3);
        for (Optional<TrainedNetwork> fault : List.of(
                Optional.<TrainedNetwork>empty(),
                Optional.of(new TrainedNetwork(number, FIRST, 2, whole.weights())),
                Optional.of(new TrainedNetwork(number, SECOND, 3, other)),
                Optional.of(new TrainedNetwork(number, FIRST, 3, other)))) {
            store.kept.remove(number);
            fault.ifPresent(network -> store.kept.put(number, network));
            good("joint-classifier:r1:e3");
            assertSame(first, weights("member:r1:m1", 3));
            assertArrayEquals(
                    told,
                    predictions("joint-classifier:r1:e3").test().orElseThrow().probabilities());
        }
        Evaluation here = good("joint-classifier:r1:e3");
        store.kept.clear();
        store.full = true;
        assertEquals(here.score(), good("joint-classifier:r1:e3").score(), "nothing is kept, and nothing is lost");
        assertEquals(Set.of(), kept());
        good("member:r1:m1");
    }

    @Test
    void whatATrainingDidNotComeToIsNotWaitedFor() {
        long ended = task("member:r1:m1").id();
        Evaluation failed = done("member-classifier:r1:m1:e3", ended);
        assertEquals(EvaluationStatus.FAILED, failed.status());
        assertEquals(
                "weights of member:r1:m1 (candidate " + ended + ") after epoch 3 cannot be had, its training did not"
                        + " end well: task-" + ended + "-epoch-3.arrays: there is no such file",
                failed.message());
        assertEquals(Set.of(), kept());
        good("member:r1:m1");
        assertEquals(
                EvaluationStatus.OK, done("member-classifier:r1:m1:e3", ended).status(), "what there is counts");
    }

    @Test
    void testSamplesTouchNothing() {
        good("member:r1:m1");
        Evaluation before = good("member-classifier:r1:m1:e1");
        Predictions told = predictions("member-classifier:r1:m1:e1");
        data = data(33);
        good("member:r1:m1");
        Evaluation after = good("member-classifier:r1:m1:e1");
        assertEquals(withoutTest(before), withoutTest(after));
        Predictions again = predictions("member-classifier:r1:m1:e1");
        assertArrayEquals(told.validation().probabilities(), again.validation().probabilities());
        assertFalse(Arrays.equals(
                told.test().orElseThrow().probabilities(),
                again.test().orElseThrow().probabilities()));
    }

    private static Map<Figure, Double> withoutTest(Evaluation evaluation) {
        Map<Figure, Double> figures = new HashMap<>(evaluation.score().figures());
        figures.remove(Figure.TEST_ACCURACY);
        return figures;
    }

    /** What is told by the mean of the probabilities is reckoned here; the other figures are those of {@code VoteTest}. */
    @Test
    void membersVoteByWhatTheirClassifiersPredicted() {
        good("member:r1:m1");
        good("member:r1:m2");
        good("member-classifier:r1:m1:e3");
        good("member-classifier:r1:m2:e3");
        Evaluation vote = good("vote:r1:e3");
        float[] mean = predictions("member-classifier:r1:m1:e3")
                .validation()
                .probabilities()
                .clone();
        float[] other = predictions("member-classifier:r1:m2:e3").validation().probabilities();
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (mean[i] + other[i]) / 2;
        }
        assertEquals(
                accuracy(new Predictions.Part(mean, labels(30))), vote.score().figure(Figure.ACCURACY), 1e-12);
        assertTrue(vote.score().figure(Figure.TEST_MAJORITY_ACCURACY) > 0.5, vote.toString());
        assertTrue(vote.score().figure(Figure.TEST_DISAGREEMENT) >= 0, vote.toString());
        assertTrue(Double.isNaN(vote.fitness()));
        assertEquals(0, vote.effort().epochs());
    }

    /** Lost, or something else: the same predictions are made again, to the bit, and the vote is the same. */
    @Test
    void predictionsThatCannotBeHadAreMadeOnceMore() {
        good("member:r1:m1");
        good("member:r1:m2");
        good("member-classifier:r1:m1:e3");
        good("member-classifier:r1:m2:e3");
        Evaluation vote = good("vote:r1:e3");
        Predictions told = predictions("member-classifier:r1:m2:e3");
        long classifier = task("member-classifier:r1:m2:e3").id();
        long number = KeptArrays.number(classifier, 0);
        for (Optional<TrainedNetwork> fault : List.of(
                Optional.<TrainedNetwork>empty(),
                Optional.of(new TrainedNetwork(number, SECOND, 0, weights("member:r1:m2", 3))))) {
            store.kept.remove(number);
            fault.ifPresent(network -> store.kept.put(number, network));
            assertEquals(vote.score(), good("vote:r1:e3").score());
            assertArrayEquals(
                    told.validation().probabilities(),
                    predictions("member-classifier:r1:m2:e3").validation().probabilities());
        }
        store.kept.remove(number);
        store.full = true;
        assertEquals(vote.score(), good("vote:r1:e3").score(), "what is made is not looked for where nothing is kept");
        data = broken(data);
        Evaluation nowhere = done("vote:r1:e3");
        assertEquals(EvaluationStatus.FAILED, nowhere.status());
        assertEquals(
                "what member-classifier:r1:m2:e3 (candidate " + classifier + ") predicts cannot be had (task-"
                        + classifier + ".arrays: there is no such file), nor made once more: codes are not finite",
                nowhere.message());
        Evaluation absent = done("vote:r1:e3", classifier);
        assertEquals(EvaluationStatus.FAILED, absent.status());
        assertEquals(
                "member-classifier:r1:m2:e3 (candidate " + classifier
                        + ") did not end well: without it the others are another ensemble",
                absent.message());
    }

    /** The same, whose test samples are no numbers. */
    private static EnsembleData broken(EnsembleData whole) {
        float[] values = new float[40 * SIZE];
        Arrays.fill(values, Float.NaN);
        return new EnsembleData(
                whole.samples(),
                whole.classes(),
                Optional.of(new EnsembleData.Test(new Samples(Shape.vector(SIZE), 40, values), labels(40))));
    }

    /** Whatever an engine throws. */
    @Test
    void whatGoesWrongWithCodesIsTheTasksEnd() {
        good("member:r1:m1");
        Samples lost = new Samples(Shape.vector(SIZE), 40, (order, from, to, target) -> {
            throw new IllegalStateException("no more\nof it");
        });
        data = new EnsembleData(data.samples(), data.classes(), Optional.of(new EnsembleData.Test(lost, labels(40))));
        Evaluation failed = done("member-classifier:r1:m1:e3");
        assertEquals(EvaluationStatus.FAILED, failed.status());
        assertEquals("IllegalStateException: no more", failed.message());
    }

    /** {@code data.fraction}: of 96 samples 24. */
    @Test
    void whereAPartIsToBeSeenEachTaskSeesNoMore() {
        good("member:r1:m1");
        Weights whole = weights("member:r1:m1", 3);
        fraction = 0.25;
        for (String text : List.of(
                "member:r1:m1",
                "member:r1:m2",
                "monolith:r1",
                "member-classifier:r1:m1:e3",
                "joint-classifier:r1:e3",
                "components-classifier:r1")) {
            Set<Integer> seen = new TreeSet<>();
            Evaluation evaluation = done(text, Candidate.NONE, new Control() {
                @Override
                public void step(int epoch, int samples, int of) {
                    seen.add(of);
                }
            });
            assertEquals(EvaluationStatus.OK, evaluation.status(), evaluation.message());
            assertEquals(Set.of(24), seen, text);
        }
        Weights part = weights("member:r1:m1", 3);
        assertFalse(Arrays.equals(
                whole.arrays().get(0).values(), part.arrays().get(0).values()));
        plan = plan(true);
        good("member:r1:m1");
        assertFalse(Arrays.equals(
                part.arrays().get(0).values(),
                weights("member:r1:m1", 3).arrays().get(0).values()));
    }

    @Test
    void bootstrapSamplesAreOfMembersAloneAndOfTheirSeeds() {
        good("member:r1:m1");
        good("monolith:r1");
        Weights whole = weights("member:r1:m1", 3);
        Weights monolith = weights("monolith:r1", 6);
        plan = plan(true);
        good("member:r1:m1");
        good("monolith:r1");
        Weights drawn = weights("member:r1:m1", 3);
        assertFalse(Arrays.equals(
                whole.arrays().get(0).values(), drawn.arrays().get(0).values()));
        assertSame(monolith, weights("monolith:r1", 6));
        good("member:r1:m1");
        assertSame(drawn, weights("member:r1:m1", 3));
    }

    @Test
    void anotherPlansTaskIsRefused() {
        Candidate candidate = new Candidate(0, 0, Candidate.NONE, Candidate.NONE, "member:r1:m1", FIRST);
        Evaluation evaluation =
                evaluator().evaluate(new Job(candidate, 1, Double.NaN)).evaluation();
        assertEquals(EvaluationStatus.FAILED, evaluation.status());
        assertEquals("the plan of this input has no task member:r1:m1 number 0", evaluation.message());
    }
}

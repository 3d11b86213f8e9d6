package org.aevo.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aevo.design.Designs;
import org.aevo.genome.GenomeText;
import org.aevo.network.Classes;
import org.aevo.network.Design;
import org.aevo.network.Ends;
import org.aevo.record.ModelFile.ClassifiedExamples;
import org.aevo.record.ModelMetrics.Row;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.Figure;
import org.aevo.task.Classify;
import org.aevo.task.TaskData;
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

class ClassifierContestTest {
    /** Labels of the data are none of 0, 1, 2: what is told must be a label, and no place of a class. */
    private static final Classes CLASSES = new Classes(List.of(2, 5, 9));

    private static final TrainingSettings SETTINGS =
            new TrainingSettings(3, 1, 0.9, Double.POSITIVE_INFINITY, 100, 0, 0, 0, TrainingSettings.Kept.LAST);
    private static final Design WINNER =
            GenomeText.parse("conv(4,k3,s1,relu) pool(2) | dense(12,relu) | softmax | keras-rmsprop(lr0.01,batch16)");
    private static final Design WILD = GenomeText.parse("- | dense(24,relu) | softmax | momentum(lr1.0E8,batch16)");
    /** Of another number of classes, which data of three do not have. */
    private static final Design MISFIT =
            Designs.parse("network {name: misfit, layers: [{kind: dense, units: 4, activation: softmax}]}");

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

    private static Part samples(int count, long seed) {
        Part blots = ContestTest.samples(count, seed);
        return new Part(
                blots.samples(),
                Optional.of(Arrays.stream(blots.labels().orElseThrow())
                        .map(CLASSES::label)
                        .toArray()));
    }

    private ClassifierContest contest(int repeats) {
        Part train = samples(200, 1);
        return new ClassifierContest(
                engine,
                design -> design.unfold(Ends.classifier(ContestTest.SHAPE, CLASSES.count())),
                new Classify(1, Classify.fitness(Figure.ACCURACY), Set.of())
                        .training(new TaskData(
                                train.samples(),
                                train.samples(),
                                train.labels(),
                                train.labels(),
                                Optional.of(CLASSES),
                                5)),
                CLASSES,
                SETTINGS,
                9,
                repeats,
                new ContestListener() {
                    @Override
                    public Control begins(String model, int number, int of) {
                        events.add(number + "/" + of + " " + model);
                        return new Control() {
                            @Override
                            public void step(int epoch, int samples, int all) {
                                assertEquals(200, all, "of all samples none is held out");
                            }

                            @Override
                            public Verdict epoch(Evaluation.Epoch point) {
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

    /** The test part is asked for once, and read only when the last repeat of the last network is trained. */
    @Test
    void eachIsTrainedSeveralTimesAndThenTested() {
        Part test = samples(120, 2);
        Part recorded = new Part(
                new Samples(ContestTest.SHAPE, 120, (order, from, to, target) -> {
                    assertTrue(events.contains("tests 120"), "test samples were read before the test");
                    test.samples().copy(order, from, to, target);
                }),
                test.labels());
        Design other = GenomeText.parse("- | dense(6,tanh) | softmax | adam(lr0.01,batch32)");
        ClassifierContest.Result result = contest(3)
                .run(Entrant.candidate(7, WINNER), List.of(Entrant.randomSearch(2, other)), () -> {
                    events.add("asked");
                    return recorded;
                });
        assertEquals(
                List.of(
                        "1/6 candidate 7, repeat 1 of 3",
                        "end",
                        "2/6 candidate 7, repeat 2 of 3",
                        "end",
                        "3/6 candidate 7, repeat 3 of 3",
                        "end",
                        "4/6 random search (its candidate 2), repeat 1 of 3",
                        "end",
                        "5/6 random search (its candidate 2), repeat 2 of 3",
                        "end",
                        "6/6 random search (its candidate 2), repeat 3 of 3",
                        "end",
                        "asked",
                        "tests 120"),
                events);
        for (Row row : result.rows()) {
            assertEquals(3, row.repeats().size());
            assertEquals(3, row.epochs(), "nothing ends a training early");
            assertEquals(3, row.repeats().stream().map(r -> r.seed()).distinct().count());
            assertTrue(row.spread(Figure.ACCURACY).sd() > 0, "another seed, another network");
            assertEquals(row.figures(), row.repeats().get(0).figures());
            assertEquals("", row.message());
        }
        assertEquals(
                result.rows().get(0).repeats().get(1).seed(),
                result.rows().get(1).repeats().get(1).seed(),
                "all of a table have the same seeds");
        assertTrue(
                result.notes().get(0).contains("of the first training"),
                result.notes().toString());
        assertTrue(
                result.rows().get(0).figure(Figure.ACCURACY) > 0.5,
                result.rows().toString());
    }

    /** Accuracy, cross-entropy, matrix and examples, from the probabilities that the network puts out. */
    @Test
    void whatIsSaidIsTrueOfTheWeights() {
        Part test = samples(300, 2);
        ClassifierContest.Result result = contest(1).run(Entrant.candidate(7, WINNER), List.of(), () -> test);
        Row row = result.rows().get(0);
        assertEquals(List.of("1/1 candidate 7", "end", "tests 300"), events);
        try (Network network = engine.build(NetworkPlan.of(result.blueprint(), WINNER.hyperparameters(), 1)
                .with(Loss.CROSS_ENTROPY)
                .startingFrom(result.weights()))) {
            float[] probabilities = network.reconstruct(test.samples().values());
            int[] labels = test.labels().orElseThrow();
            long[][] matrix = new long[3][3];
            double crossEntropy = 0;
            int right = 0;
            for (int i = 0; i < labels.length; i++) {
                float[] own = Arrays.copyOfRange(probabilities, 3 * i, 3 * i + 3);
                int told = own[0] >= own[1] && own[0] >= own[2] ? 0 : own[1] >= own[2] ? 1 : 2;
                int truth = CLASSES.indexOf(labels[i]);
                matrix[truth][told]++;
                right += told == truth ? 1 : 0;
                crossEntropy -= Math.log(own[truth]) / labels.length;
            }
            assertEquals(right / 300.0, row.figure(Figure.ACCURACY), 1e-12);
            assertEquals(crossEntropy, row.figure(Figure.CROSS_ENTROPY), 1e-5);
            assertEquals(CLASSES.labels(), result.matrix().labels());
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        Arrays.stream(matrix[i]).boxed().toList(),
                        result.matrix().counts().get(i));
            }
            ClassifiedExamples examples = result.examples();
            int wrong = Math.min(ClassifierTest.WRONG, 300 - right);
            assertEquals(ClassifierTest.SHOWN, examples.count());
            for (int i = 0; i < examples.count(); i++) {
                assertEquals(i < wrong, examples.labels()[i] != examples.predicted()[i], "example " + i);
                assertTrue(CLASSES.labels().contains(examples.predicted()[i]));
            }
            assertArrayEquals(network.reconstruct(examples.inputs()), examples.probabilities(), 1e-6f);
        }
    }

    @Test
    void theSameSeedGivesTheSameModel() {
        Part test = samples(50, 2);
        ClassifierContest.Result once = contest(1).run(Entrant.candidate(7, WINNER), List.of(), () -> test);
        ClassifierContest.Result twice = contest(2).run(Entrant.candidate(7, WINNER), List.of(), () -> test);
        assertEquals(
                once.rows().get(0).figures(),
                twice.rows().get(0).repeats().get(0).figures());
        assertNotEquals(
                twice.rows().get(0).repeats().get(0).trainLoss(),
                twice.rows().get(0).repeats().get(1).trainLoss());
        assertEquals(once.matrix(), twice.matrix(), "the model is that of the first training");
    }

    @Test
    void aWinnerThatFailsIsNoModelAndLeavesTheTestSetAlone() {
        TrainingFailedException e = assertThrows(TrainingFailedException.class, () -> contest(2)
                .run(Entrant.candidate(7, WILD), List.of(Entrant.candidate(8, WINNER)), () -> {
                    events.add("asked");
                    return samples(60, 2);
                }));
        assertTrue(e.getMessage().startsWith("candidate 7 did not train: diverged"), e.getMessage());
        assertFalse(events.contains("asked"));
        assertEquals(4, events.size(), "nothing is trained after it: " + events);
    }

    @Test
    void othersThatFailAreRowsThatSaySo() {
        List<Row> rows = contest(2)
                .run(
                        Entrant.candidate(7, WINNER),
                        List.of(Entrant.randomSearch(3, WILD), Entrant.randomSearch(4, MISFIT)),
                        () -> samples(60, 2))
                .rows();
        for (Row row : rows.subList(1, 3)) {
            assertEquals(0, row.spread(Figure.ACCURACY).n());
            assertTrue(row.message().startsWith("2 of 2 trainings failed, the first of these: "), row.message());
        }
        assertTrue(rows.get(1).message().contains("diverged"), rows.get(1).message());
        assertTrue(
                rows.get(2).message().contains("the data have 3 classes"),
                rows.get(2).message());
        assertTrue(rows.get(0).figure(Figure.ACCURACY) > 0);
    }
}

package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Ends;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationSeed;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator.Outcome;
import org.aevo.search.Figure;
import org.aevo.search.Job;
import org.aevo.train.TrainingSettings.Kept;
import org.junit.jupiter.api.Test;

/** Folds, bounds of steps and whose weights are kept, with networks that count what is done to them. */
class TrainerFoldsTest {
    private static final double FOREVER = Double.POSITIVE_INFINITY;
    private static final Shape SHAPE = Shape.vector(4);
    private static final int BATCH = 16;
    private static final String AUTOENCODER =
            "dense(3,tanh) | latent(2) | upsampling | adam(lr0.01,batch" + BATCH + ")";

    private final CountingEngine engine = new CountingEngine();

    /**
     * A fold of so many samples whose scores are given, one for each epoch, over and over.
     *
     * @param scores none for a fold that holds nothing out
     */
    private record Scripted(int samples, List<String> asked, double... scores) implements Fold {
        Scripted(int samples, double... scores) {
            this(samples, new ArrayList<>(), scores);
        }

        @Override
        public Samples targets() {
            return new Samples(SHAPE, samples, new float[4 * samples]);
        }

        @Override
        public Samples inputs(long seed, int epoch) {
            asked.add(seed + "." + epoch);
            return targets();
        }

        @Override
        public Optional<Validation> validation() {
            return scores.length == 0 ? Optional.empty() : Optional.of(new Script(scores));
        }

        @Override
        public Map<Figure, Double> figures(Network network) {
            double steps = network.weights().arrays().get(0).values()[0] % 1000;
            return samples == 20
                    ? Map.of(Figure.ACCURACY, steps)
                    : Map.of(Figure.ACCURACY, steps, Figure.MACRO_F1, 0.5);
        }
    }

    private static final class Script implements Validation {
        private final double[] scores;
        private int next;

        Script(double... scores) {
            this.scores = scores;
        }

        @Override
        public int count() {
            return 3;
        }

        @Override
        public Pass begin(Network network) {
            return new Pass() {
                @Override
                public void add(int from, int to) {
                    assertEquals(0, from);
                    assertEquals(3, to);
                }

                @Override
                public Measured end() {
                    double score = scores[next++ % scores.length];
                    return new Measured(score, 10 * score, Map.of(Figure.CROSS_ENTROPY, score));
                }
            };
        }
    }

    /** What folds come to is handed on as it is given: {@code loss + accuracy}. */
    private record Folds(List<Fold> folds, Loss loss) implements Objective {
        Folds(List<Fold> folds) {
            this(folds, Loss.MSE);
        }

        @Override
        public double fitness(double loss, Map<Figure, Double> figures, long parameters, double seconds) {
            assertEquals(77, parameters);
            assertTrue(seconds > 0);
            return loss + figures.get(Figure.ACCURACY);
        }
    }

    private static TrainingSettings settings(int epochs, int patience, double timeLimit, long maxSteps, Kept kept) {
        return new TrainingSettings(epochs, patience, 0, timeLimit, 100, 0, maxSteps, 0.25, kept);
    }

    private static TrainingSettings epochs(int epochs) {
        return settings(epochs, epochs, FOREVER, 0, Kept.BEST);
    }

    private Outcome outcome(TrainingSettings settings, double weightsBelow, Control control, Fold... folds) {
        Trainer trainer = new Trainer(
                engine,
                g -> g.unfold(SHAPE, Activation.SIGMOID),
                new Folds(List.of(folds)),
                settings,
                MemoryBudget.UNLIMITED);
        return trainer.evaluate(job(AUTOENCODER, weightsBelow), control);
    }

    private static Job job(String genome, double weightsBelow) {
        return new Job(
                new Candidate(7, 0, Candidate.NONE, Candidate.NONE, "random", GenomeText.parse(genome)),
                5,
                weightsBelow);
    }

    private Outcome outcome(TrainingSettings settings, Fold... folds) {
        return outcome(settings, FOREVER, Control.NONE, folds);
    }

    private static float weight(Outcome outcome) {
        return outcome.weights().orElseThrow().arrays().get(0).values()[0];
    }

    private static List<String> points(Evaluation e) {
        return e.curve().stream()
                .map(point -> point.fold() + "." + point.epoch() + " " + point.validationLoss() + " "
                        + point.figure(Figure.CROSS_ENTROPY))
                .toList();
    }

    @Test
    void everyFoldTrainsANetworkOfItsOwnAndTheResultIsTheMean() {
        Scripted first = new Scripted(40, 4, 2, 3);
        Scripted second = new Scripted(20, 5, 6, 1);
        Scripted third = new Scripted(33, 3, 9, 9);
        Outcome outcome = outcome(epochs(3), first, second, third);
        Evaluation e = outcome.evaluation();
        assertEquals(EvaluationStatus.OK, e.status(), e.message());
        assertEquals("", e.message());
        assertEquals(
                List.of(
                        "1.1 40.0 4.0",
                        "1.2 20.0 2.0",
                        "1.3 30.0 3.0",
                        "2.1 50.0 5.0",
                        "2.2 60.0 6.0",
                        "2.3 10.0 1.0",
                        "3.1 30.0 3.0",
                        "3.2 90.0 9.0",
                        "3.3 90.0 9.0"),
                points(e));
        assertEquals(9, e.effort().epochs());
        assertEquals(77, e.effort().parameters());
        // the best epochs: 2, 3, 1, after 6, 6 and 3 steps
        assertEquals(20, e.score().validationLoss());
        assertEquals(Map.of(Figure.ACCURACY, 5.0), e.score().figures(), "those that every fold has");
        assertEquals(25, e.fitness());
        double firstLoss = (4 * 16 + 5 * 16 + 6 * 8) / 40.0;
        double secondLoss = (5 * 16 + 6 * 4) / 20.0;
        double thirdLoss = (16 + 2 * 16 + 3) / 33.0;
        assertEquals((firstLoss + secondLoss + thirdLoss) / 3, e.score().trainLoss(), 1e-12);
        double trained = 3 * (40 + 20 + 33);
        assertEquals(
                trained / e.effort().durations().train(),
                e.effort().samplesPerSecond(),
                1e-9 * trained / e.effort().durations().train());
        assertEquals(2006, weight(outcome), "the fold with the lowest score");

        List<Long> seeds = List.of(5L, EvaluationSeed.ofFold(5, 2), EvaluationSeed.ofFold(5, 3));
        assertEquals(3, seeds.stream().distinct().count());
        assertEquals(seeds, engine.plans.stream().map(NetworkPlan::seed).toList());
        assertEquals(List.of("5.1", "5.2", "5.3"), first.asked);
        assertEquals(List.of(seeds.get(2) + ".1", seeds.get(2) + ".2", seeds.get(2) + ".3"), third.asked);
        engine.plans.forEach(plan -> assertEquals(0.25, plan.weightDecay()));
        assertTrue(engine.networks.stream().allMatch(network -> network.closed));
    }

    /** The orders of a fold are not those of another of as many samples. */
    @Test
    void foldsHaveOrdersOfTheirOwn() {
        outcome(epochs(1), new Scripted(40, 1), new Scripted(40, 1));
        assertFalse(engine.networks.get(0).batches.equals(engine.networks.get(1).batches));
        CountingEngine alone = new CountingEngine();
        List<String> both = engine.networks.get(0).batches;
        outcome(epochs(1), new Scripted(40, 1));
        assertEquals(both, engine.networks.get(2).batches, "the first fold's are those of a single split");
        assertEquals(0, alone.plans.size());
    }

    @Test
    void weightsAreHandedOverOnlyIfTheMeanIsBelowTheBar() {
        Fold[] folds = {new Scripted(20, 1), new Scripted(20, 3)};
        double fitness = outcome(epochs(1), folds).evaluation().fitness();
        assertEquals(22, fitness);
        assertTrue(outcome(epochs(1), fitness, Control.NONE, folds).weights().isEmpty());
        assertTrue(outcome(epochs(1), Double.NaN, Control.NONE, folds).weights().isEmpty());
        Outcome wanted = outcome(epochs(1), Math.nextUp(fitness), Control.NONE, folds);
        assertEquals(2, weight(wanted) % 1000);
        assertEquals(7, (int) weight(wanted) / 1000, "of the first of two, the seventh network of all");
    }

    @Test
    void aFoldThatDivergesEndsTheCandidate() {
        engine.loss = OptionalDouble.of(Double.NaN);
        Evaluation e = outcome(epochs(2), new Scripted(20, 1), new Scripted(20, 1), new Scripted(20, 1))
                .evaluation();
        assertEquals(EvaluationStatus.DIVERGED, e.status());
        assertEquals("fold 2 of 3: diverged in epoch 1: training loss NaN, of the first batch NaN", e.message());
        assertFalse(e.hasFitness());
        assertEquals(Map.of(), e.score().figures());
        assertEquals(2, e.effort().epochs(), "those of the first fold");
        assertEquals(2, engine.plans.size());

        Evaluation validated = outcome(epochs(2), new Scripted(20, 1), new Scripted(20, Double.NaN))
                .evaluation();
        assertEquals(
                "fold 2 of 2: diverged in epoch 1: validation loss NaN, of the first batch 1.0", validated.message());
    }

    @Test
    void theScoreOfClassifiersIsNoLoss() {
        Trainer trainer = new Trainer(
                engine,
                g -> g.unfold(Ends.classifier(SHAPE, 2)),
                new Folds(List.of(new Scripted(20, Double.NaN)), Loss.CROSS_ENTROPY),
                epochs(2),
                MemoryBudget.UNLIMITED);
        Evaluation e = trainer.evaluate(job("- | dense(3,tanh) | softmax | adam(lr0.01,batch16)", FOREVER))
                .evaluation();
        assertEquals(EvaluationStatus.DIVERGED, e.status());
        assertEquals("diverged in epoch 1: validation cross-entropy NaN, of the first batch 1.0", e.message());
    }

    @Test
    void whatGoesWrongInAFoldNamesIt() {
        Fold broken = new Fold() {
            @Override
            public Samples targets() {
                return new Samples(SHAPE, 20, new float[80]);
            }

            @Override
            public Samples inputs(long seed, int epoch) {
                throw new OutOfMemoryError("no room");
            }

            @Override
            public Optional<Validation> validation() {
                return Optional.empty();
            }

            @Override
            public Map<Figure, Double> figures(Network network) {
                return Map.of();
            }
        };
        Evaluation e = outcome(epochs(1), new Scripted(20, 1), broken).evaluation();
        assertEquals(EvaluationStatus.OUT_OF_MEMORY, e.status());
        assertTrue(e.message().startsWith("fold 2 of 2: out of memory: no room (an estimated "), e.message());
        assertTrue(outcome(epochs(1), broken).evaluation().message().startsWith("out of memory: no room"));
        assertTrue(engine.networks.stream().allMatch(network -> network.closed));
    }

    /** Spends a time limit in an epoch of a fold. */
    private static Control spend(double seconds, int fold, int epoch) {
        return new Control() {
            private int folds = 1;

            @Override
            public void step(int at, int samples, int of) {
                if (folds == fold && at == epoch) {
                    long start = System.nanoTime();
                    while ((System.nanoTime() - start) * 1e-9 < seconds) {
                        Thread.onSpinWait();
                    }
                }
            }

            @Override
            public Verdict epoch(Evaluation.Epoch point) {
                folds += point.epoch() == 3 ? 1 : 0;
                return Verdict.GO_ON;
            }
        };
    }

    @Test
    void oneClockRunsForAllFolds() {
        Fold[] folds = {new Scripted(40, 2), new Scripted(40, 4)};
        // what is loaded at the first use may take long on a busy machine
        outcome(epochs(3), FOREVER, spend(0, 2, 2), folds);
        engine.forget();
        // what is not spent at once takes far less than this, on any machine
        double limit = 1.5;
        TrainingSettings settings = settings(3, 3, limit, 0, Kept.BEST);
        Outcome late = outcome(settings, FOREVER, spend(limit, 2, 2), folds);
        Evaluation some = late.evaluation();
        assertEquals(EvaluationStatus.TIME_LIMIT, some.status());
        assertEquals("fold 2 of 2: time limit of 1.5 s reached in epoch 2", some.message());
        assertEquals(4, some.curve().size());
        assertEquals(30, some.score().validationLoss());
        assertEquals(1003, weight(late));

        Outcome early = outcome(settings, FOREVER, spend(limit, 1, 3), folds);
        assertEquals(EvaluationStatus.TIME_LIMIT, early.evaluation().status());
        assertEquals(
                "fold 1 of 2: time limit of 1.5 s reached in epoch 3; not every fold has a finished epoch, so there is no"
                        + " result",
                early.evaluation().message());
        assertFalse(early.evaluation().hasFitness());
        assertTrue(early.weights().isEmpty());
        assertEquals(2, early.evaluation().curve().size());
    }

    @Test
    void trainingEndsAfterSoManyStepsOfEachFold() {
        // 3 steps an epoch, of 16, 16 and 8 samples
        List<String> heard = new ArrayList<>();
        Control control = new Control() {
            @Override
            public void step(int epoch, int samples, int of) {
                heard.add(epoch + ":" + samples + "/" + of);
            }
        };
        TrainingSettings settings = settings(9, 9, FOREVER, 5, Kept.LAST);
        Outcome outcome = outcome(settings, FOREVER, control, new Scripted(40, 1, 2), new Scripted(40, 1, 2));
        Evaluation e = outcome.evaluation();
        assertEquals(EvaluationStatus.OK, e.status(), e.message());
        assertEquals(4, e.curve().size());
        assertEquals(List.of("1:16/40", "1:32/40", "1:40/40", "2:16/32", "2:32/32"), heard.subList(0, 5));
        assertEquals(10, heard.size());
        assertEquals((4 + 5) / 2.0, e.curve().get(1).trainLoss(), "of the samples that it saw");
        assertEquals(5, weight(outcome) % 1000);
        assertEquals(20, e.score().validationLoss(), "of the last epoch");

        for (long most : new long[] {1, 2, 3, 4, 6, 7, 9}) {
            CountingEngine fresh = new CountingEngine();
            Trainer trainer = new Trainer(
                    fresh,
                    g -> g.unfold(SHAPE, Activation.SIGMOID),
                    new Folds(List.of(new Scripted(40, 1))),
                    settings(2, 2, FOREVER, most, Kept.LAST),
                    MemoryBudget.UNLIMITED);
            Candidate candidate = new Candidate(
                    7,
                    0,
                    Candidate.NONE,
                    Candidate.NONE,
                    "random",
                    GenomeText.parse("dense(3,tanh) | latent(2) | upsampling | adam(lr0.01,batch16)"));
            Evaluation bounded =
                    trainer.evaluate(new Job(candidate, 5, FOREVER)).evaluation();
            assertEquals(Math.min(6, most), fresh.steps()[0], "most " + most);
            assertEquals(most <= 3 ? 1 : 2, bounded.curve().size(), "most " + most);
        }
    }

    @Test
    void theLastEpochsWeightsMayBeKept() {
        Scripted rising = new Scripted(16, 1, 2, 3);
        TrainingSettings last = settings(9, 2, FOREVER, 0, Kept.LAST);
        Outcome outcome = outcome(last, rising);
        Evaluation e = outcome.evaluation();
        assertEquals(3, e.curve().size(), "patience ends it all the same");
        assertEquals(1003, weight(outcome));
        assertEquals(30 + 3, e.fitness());
        assertEquals(3, e.score().trainLoss());
        assertEquals(2001, weight(outcome(settings(9, 2, FOREVER, 0, Kept.BEST), rising)));
    }

    @Test
    void whereNothingIsHeldOutEveryEpochIsRun() {
        Outcome outcome = outcome(settings(7, 2, FOREVER, 0, Kept.BEST), new Scripted(16));
        Evaluation e = outcome.evaluation();
        assertEquals(EvaluationStatus.OK, e.status(), e.message());
        assertEquals(7, e.curve().size());
        assertEquals(1007, weight(outcome));
        assertEquals(7, e.score().trainLoss());
        assertEquals(7, e.fitness(), "the training loss");
        assertTrue(Double.isNaN(e.score().validationLoss()));
        assertTrue(e.curve().stream().allMatch(point -> Double.isNaN(point.validationLoss())));
    }

    /** As patience does: the other folds have theirs still. */
    @Test
    void aControlEndsTheFoldAlone() {
        Control control = new Control() {
            @Override
            public Verdict epoch(Evaluation.Epoch point) {
                return point.epoch() == point.fold() ? Verdict.STOP : Verdict.GO_ON;
            }
        };
        Evaluation e = outcome(
                        epochs(5), FOREVER, control, new Scripted(16, 1), new Scripted(16, 1), new Scripted(16, 1))
                .evaluation();
        assertEquals(EvaluationStatus.OK, e.status());
        assertEquals(
                List.of("1.1 10.0 1.0", "2.1 10.0 1.0", "2.2 10.0 1.0", "3.1 10.0 1.0", "3.2 10.0 1.0", "3.3 10.0 1.0"),
                points(e));
        assertTrue(e.hasFitness());
    }

    @Test
    void anEpochMustFitTheSmallestFold() {
        TrainingSettings settings = new TrainingSettings(1, 1, 0, FOREVER, 100, 21);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> outcome(settings, new Scripted(40, 1), new Scripted(20, 1)))
                .getMessage();
        assertEquals("samples per epoch must be at most the 20 training samples, was 21", message);
    }

    @Test
    void whatNoFoldIsBuiltOfNamesNone() {
        Evaluation refused = unbuilt(new IllegalArgumentException("no such network"));
        assertEquals(EvaluationStatus.INVALID, refused.status());
        assertEquals("no such network", refused.message());
        Evaluation failed = unbuilt(new IllegalStateException("a fault"));
        assertEquals(EvaluationStatus.FAILED, failed.status());
        assertEquals("IllegalStateException: a fault", failed.message());
    }

    private Evaluation unbuilt(RuntimeException why) {
        Trainer trainer = new Trainer(
                engine,
                g -> {
                    throw why;
                },
                new Folds(List.of(new Scripted(20, 1), new Scripted(20, 1))),
                epochs(1),
                MemoryBudget.UNLIMITED);
        return trainer.evaluate(job(AUTOENCODER, FOREVER)).evaluation();
    }
}

package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.aevo.network.Shape;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.junit.jupiter.api.Test;

class FoldTrainingTest {
    private static final int BATCH = 10;
    private static final double FACTOR = 4;

    /** Of three classes, twenty samples: two steps an epoch, the second of which has the loss that is set. */
    private static TrainingEnd train(Loss loss, double second, double score, boolean inherits) {
        float[] targets = new float[3 * 2 * BATCH];
        for (int i = 0; i < 2 * BATCH; i++) {
            targets[3 * i + i % 3] = 0.9f;
        }
        Samples samples = new Samples(Shape.vector(3), 2 * BATCH, targets);
        Fold fold = new Fold() {
            @Override
            public Samples targets() {
                return samples;
            }

            @Override
            public Samples inputs(long seed, int epoch) {
                return samples;
            }

            @Override
            public Optional<Validation> validation() {
                return Optional.of(new Validation() {
                    @Override
                    public int count() {
                        return 1;
                    }

                    @Override
                    public Pass begin(Network network) {
                        return new Pass() {
                            @Override
                            public void add(int from, int to) {}

                            @Override
                            public Measured end() {
                                return new Measured(score, score, Map.of());
                            }
                        };
                    }
                });
            }

            @Override
            public Map<Figure, Double> figures(Network network) {
                return Map.of();
            }
        };
        TrainingSettings settings = new TrainingSettings(1, 1, 0, Double.POSITIVE_INFINITY, FACTOR, 0);
        CountingEngine engine = new CountingEngine();
        engine.build(null).close();
        Network network = engine.build(null);
        // the first loss is 1e-4, the next the one that is set
        FoldTraining training = new FoldTraining(
                fold,
                1,
                loss,
                settings,
                BATCH,
                5,
                inherits,
                new Control() {
                    @Override
                    public void step(int epoch, int samples, int of) {
                        engine.loss = OptionalDouble.of(second);
                    }

                    @Override
                    public Verdict epoch(Evaluation.Epoch point) {
                        return Verdict.GO_ON;
                    }
                },
                new Stopwatch(Double.POSITIVE_INFINITY),
                new ArrayList<>());
        engine.loss = OptionalDouble.of(1e-4);
        return training.run(network);
    }

    /** Of a network that was trained on these samples by its ancestors the first loss may be next to nothing. */
    @Test
    void whatInheritsDivergesWhereItIsWorseThanNothing() {
        double blank = 0.27; // a third of 0.81
        Map<Loss, Double> bounds = Map.of(
                Loss.MSE, FACTOR * blank,
                Loss.BINARY_CROSS_ENTROPY, FACTOR * Math.log(2),
                Loss.CROSS_ENTROPY, FACTOR * Math.log(3));
        bounds.forEach((loss, bound) -> {
            assertEquals(TrainingEnd.OK, train(loss, 0.99 * bound, 0.1, true));
            TrainingEnd end = train(loss, 1.01 * bound, 0.1, true);
            assertEquals(EvaluationStatus.DIVERGED, end.status());
            assertTrue(
                    end.message().contains("of the first batch 1.0E-4, of outputs that say nothing "), end.message());
            assertEquals(
                    EvaluationStatus.DIVERGED,
                    train(loss, 0.99 * bound, 0.1, false).status());
        });
        for (Loss loss : List.of(Loss.MSE, Loss.CROSS_ENTROPY)) {
            assertEquals(TrainingEnd.OK, train(loss, 1e-4, 0.99 * bounds.get(loss), true));
            assertEquals(
                    EvaluationStatus.DIVERGED,
                    train(loss, 1e-4, 1.01 * bounds.get(loss), true).status());
            assertEquals(
                    EvaluationStatus.DIVERGED,
                    train(loss, 1e-4, 0.99 * bounds.get(loss), false).status());
        }
    }
}

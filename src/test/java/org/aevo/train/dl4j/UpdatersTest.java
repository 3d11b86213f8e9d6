package org.aevo.train.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.aevo.train.Draws;
import org.aevo.train.InitialWeights;
import org.aevo.train.Loss;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Samples;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

/** Rules that the library lacks, and weight decay, against their formulas in plain Java. */
class UpdatersTest {
    private static final int VALUES = 37;
    private static final double RATE = 0.03;
    private static Dl4jEngine engine;

    private final SplittableRandom random = new SplittableRandom(8);

    @BeforeAll
    static void open() {
        engine = new Dl4jEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    /** What each rule takes away from a weight, of the gradients so far. */
    private interface Formula {
        double update(double gradient, double[] state);
    }

    @Test
    void momentumIsClassical() {
        steps(new Momentum(RATE), (g, v) -> {
            v[0] = 0.9 * v[0] - RATE * g;
            return -v[0];
        });
    }

    /** From 0: the first step is about three times the rate, whatever the gradient. */
    @Test
    void kerasRmsPropStartsAtZero() {
        steps(new KerasRmsProp(RATE), (g, v) -> {
            v[0] = 0.9 * v[0] + 0.1 * g * g;
            return RATE * g / (Math.sqrt(v[0]) + 1e-7);
        });
    }

    /** Of gradients of all sizes, some of them 0, in arrays that are not 0 before. */
    private void steps(IUpdater rule, Formula formula) {
        assertEquals(VALUES, rule.stateSize(VALUES));
        double[][] states = new double[VALUES][1];
        try (INDArray state = Nd4j.ones(VALUES).muli(7);
                INDArray gradient = Nd4j.create(VALUES)) {
            GradientUpdater<?> updater = rule.instantiate(state, true);
            for (int step = 0; step < 20; step++) {
                float[] values = new float[VALUES];
                for (int i = 1; i < VALUES; i++) {
                    values[i] = (float) ((random.nextDouble() - 0.5) * Math.pow(10, i % 12 - 9));
                }
                NamedArrays.write(values, gradient);
                updater.applyUpdater(gradient, step, 0);
                float[] found = NamedArrays.read(gradient);
                for (int i = 0; i < VALUES; i++) {
                    double expected = formula.update(values[i], states[i]);
                    assertEquals(expected, found[i], 1e-4 * Math.abs(expected) + 1e-12, step + ", " + i);
                }
            }
        }
    }

    /** What a step with decay does is what one without does to a gradient that has the share of the weight in it. */
    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void weightsDecayAndNothingElse(Optimizer optimizer) {
        double decay = 0.05;
        Shape shape = new Shape(2, 5, 4);
        Layer conv = new Layer.Conv("c", shape, 3, 3, 1, Activation.TANH, true);
        Layer dense = new Layer.Dense("d", conv.output(), 6, Activation.TANH, 0);
        Layer out = new Layer.Dense("o", dense.output(), 3, Activation.SOFTMAX, 0);
        Blueprint blueprint = Blueprint.chain(shape, List.of(conv, dense, out));
        Weights start = Draws.shaken(InitialWeights.of(blueprint, 2), random);
        Samples samples = Draws.samples(shape, 4, random);
        Samples targets = new Samples(out.output(), 4, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0});
        NetworkPlan plain = NetworkPlan.of(blueprint, new Hyperparameters(Optimizer.NESTEROV, 1, 4), 1)
                .with(Loss.CROSS_ENTROPY)
                .startingFrom(start);
        List<float[]> gradients = new ArrayList<>();
        double loss;
        try (Network network = engine.build(plain)) {
            loss = network.step(samples, targets, new int[] {0, 1, 2, 3}, 0, 4);
            Weights after = network.weights();
            for (int a = 0; a < start.arrays().size(); a++) {
                float[] gradient = start.arrays().get(a).values().clone();
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] = (gradient[i] - after.arrays().get(a).values()[i]) / 1.9f;
                }
                gradients.add(gradient);
            }
        }
        NetworkPlan decaying = new NetworkPlan(
                blueprint, new Hyperparameters(optimizer, RATE, 4), Loss.CROSS_ENTROPY, decay, 1, plain.start());
        try (Network network = engine.build(decaying)) {
            assertEquals(
                    loss,
                    network.step(samples, targets, new int[] {0, 1, 2, 3}, 0, 4),
                    1e-6,
                    "the loss has the penalty in it");
            Weights after = network.weights();
            int seen = 0;
            for (int a = 0; a < start.arrays().size(); a++) {
                String name = start.arrays().get(a).name();
                if (name.endsWith("_mean") || name.endsWith("_var") || name.equals("c_b")) {
                    continue;
                }
                float[] before = start.arrays().get(a).values();
                for (int i = 0; i < before.length; i++) {
                    double g = gradients.get(a)[i] + (name.endsWith("_W") ? decay * before[i] : 0);
                    if (Math.abs(g) > 1e-5) {
                        assertEquals(
                                before[i] - first(optimizer, g),
                                after.arrays().get(a).values()[i],
                                2e-3 * RATE,
                                name + "[" + i + "]");
                        seen++;
                    }
                }
            }
            assertTrue(seen > 200, "only " + seen + " weights had a gradient");
        }
    }

    /** A rule's first step. */
    private static double first(Optimizer optimizer, double g) {
        return switch (optimizer) {
            case ADAM -> RATE * Math.signum(g);
            case RMSPROP -> RATE * g / (Math.sqrt(0.95 * 1e-8 + 0.05 * g * g) + 1e-8);
            case NESTEROV -> 1.9 * RATE * g;
            case KERAS_RMSPROP -> RATE * g / (Math.sqrt(0.1 * g * g) + 1e-7);
            case MOMENTUM -> RATE * g;
        };
    }
}

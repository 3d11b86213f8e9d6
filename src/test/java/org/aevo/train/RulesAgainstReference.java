package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps of an engine against the rules of {@link Optimizer}, with weights that decay and without. */
public abstract class RulesAgainstReference extends ReferenceCheck {
    /** Small gradients too, beside which the rules' epsilons are large. */
    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void optimizersStepByTheirRules(Optimizer optimizer) {
        for (float x : new float[] {2, 1e-4f}) {
            // with the largest a bias that decayed would go the other way, whatever the rule makes of its gradient's
            // size
            for (double decay : new double[] {0, 0.01, 0.5, 5}) {
                stepsByItsRule(optimizer, x, decay);
            }
        }
    }

    private void stepsByItsRule(Optimizer optimizer, float x, double decay) {
        // one weight and bias on one value: y = w x + b, loss (y - x)^2
        Blueprint blueprint = Blueprint.chain(
                Shape.vector(1), List.of(new Layer.Dense("d", Shape.vector(1), 1, Activation.IDENTITY, 0)));
        double rate = 0.01;
        Hyperparameters rule = new Hyperparameters(optimizer, rate, 1);
        try (Network network = engine.build(NetworkPlan.of(blueprint, rule, 3).decaying(decay))) {
            double w = 0.125;
            double b = 0.75;
            network.load(new Weights(List.of(
                    new Weights.Array("d_W", new int[] {1, 1}, new float[] {(float) w}),
                    new Weights.Array("d_b", new int[] {1}, new float[] {(float) b}))));
            double[] first = new double[2];
            double[] second = optimizer == Optimizer.RMSPROP ? new double[] {1e-8, 1e-8} : new double[2];
            for (int t = 1; t <= 10; t++) {
                double loss = network.step(new Samples(Shape.vector(1), 1, new float[] {x}), new int[] {0}, 0, 1);
                double error = w * x + b - x;
                String step = "step " + t + " on " + x + " with decay " + decay;
                assertEquals(error * error, loss, 1e-4 * (1 + loss), "loss before " + step);
                double[] gradient = {2 * error * x + decay * w, 2 * error};
                double[] update = new double[2];
                for (int i = 0; i < 2; i++) {
                    double g = gradient[i];
                    switch (optimizer) {
                        case ADAM -> {
                            first[i] = 0.9 * first[i] + 0.1 * g;
                            second[i] = 0.999 * second[i] + 0.001 * g * g;
                            double corrected = rate * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
                            update[i] = corrected * first[i] / (Math.sqrt(second[i]) + 1e-8);
                        }
                        case RMSPROP -> {
                            second[i] = 0.95 * second[i] + 0.05 * g * g;
                            update[i] = rate * g / (Math.sqrt(second[i]) + 1e-8);
                        }
                        case NESTEROV -> {
                            double before = first[i];
                            first[i] = 0.9 * before - rate * g;
                            update[i] = 0.9 * before - 1.9 * first[i];
                        }
                        case KERAS_RMSPROP -> {
                            second[i] = 0.9 * second[i] + 0.1 * g * g;
                            update[i] = rate * g / (Math.sqrt(second[i]) + 1e-7);
                        }
                        case MOMENTUM -> {
                            first[i] = 0.9 * first[i] - rate * g;
                            update[i] = -first[i];
                        }
                    }
                }
                w -= update[0];
                b -= update[1];
                assertEquals(w, network.weights().arrays().get(0).values()[0], 1e-4, "weight after " + step);
                assertEquals(b, network.weights().arrays().get(1).values()[0], 1e-4, "bias after " + step);
            }
        }
    }

    /** Kernels and matrices do, by the decay times their values; biases and normalisations step to the bit as without. */
    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void whatLayersMultiplyWithDecays(Optimizer optimizer) {
        Shape shape = new Shape(2, 5, 6);
        Layer conv = new Layer.Conv("c", shape, 3, 3, 1, Activation.TANH, true);
        Layer deconv = new Layer.Deconv("t", conv.output(), 2, 2, 2, Activation.TANH, true);
        Blueprint blueprint = Blueprint.chain(shape, softmax(List.of(conv, deconv), 4));
        Random random = new Random(9);
        Samples samples = new Samples(shape, BATCH, values(shape, random));
        Samples targets = new Samples(Shape.vector(4), BATCH, values(Shape.vector(4), random));
        Weights start = Draws.shaken(InitialWeights.of(blueprint, 1), random);
        double rate = 0.5;
        NetworkPlan plan = NetworkPlan.of(blueprint, new Hyperparameters(optimizer, rate, BATCH), 1)
                .with(Loss.CROSS_ENTROPY)
                .startingFrom(start);
        List<Weights> after = new ArrayList<>();
        double decay = 0.25;
        for (double d : new double[] {0, decay}) {
            try (Network network = engine.build(plan.decaying(d))) {
                network.step(samples, targets, new int[] {0, 1, 2, 3, 4}, 0, BATCH);
                after.add(network.weights());
            }
        }
        for (int a = 0; a < start.arrays().size(); a++) {
            String name = start.arrays().get(a).name();
            float[] w = start.arrays().get(a).values();
            float[] without = after.get(0).arrays().get(a).values();
            float[] with = after.get(1).arrays().get(a).values();
            if (!name.endsWith("_W")) {
                assertArrayEquals(without, with, 0, name);
                continue;
            }
            assertFalse(Arrays.equals(without, with), name);
            double factor = optimizer == Optimizer.NESTEROV ? 1.9 : optimizer == Optimizer.MOMENTUM ? 1 : Double.NaN;
            for (int i = 0; i < w.length && factor > 0; i++) {
                assertEquals(factor * rate * decay * w[i], without[i] - with[i], 1e-6, name + " " + i);
            }
        }
    }
}

package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.junit.jupiter.api.AfterEach;

/**
 * Holds what an engine computes against plain Java: outputs, codes, the loss, and gradients by central differences of the
 * oracle, seen through the first step of Nesterov's rule.
 */
public abstract class ReferenceCheck {
    protected static final int BATCH = 5;

    protected final Engine engine = engine();

    protected abstract Engine engine();

    @AfterEach
    void close() {
        engine.close();
    }

    /** And a softmax of so many classes behind them. */
    protected static List<Layer> softmax(List<Layer> layers, int classes) {
        List<Layer> all = new ArrayList<>(layers);
        all.add(new Layer.Dense("o", layers.get(layers.size() - 1).output(), classes, Activation.SOFTMAX, 0));
        return all;
    }

    protected static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("aevo.seeds", 20));
    }

    protected static float[] values(Shape shape, Random random) {
        float[] values = new float[(int) (BATCH * shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    protected void check(Blueprint blueprint, long seed) {
        Random random = new Random(seed);
        float[] values = values(blueprint.input(), random);
        Shape output = blueprint.output().layer().output();
        check(blueprint, Loss.MSE, values, output.equals(blueprint.input()) ? values : values(output, random), random);
    }

    protected void check(Blueprint blueprint, Loss loss, float[] values, float[] wanted, Random random) {
        Samples samples = new Samples(blueprint.input(), BATCH, values);
        Samples targets = wanted == values
                ? samples
                : new Samples(blueprint.output().layer().output(), BATCH, wanted);
        // A large rate, so that the step dwarfs the rounding of the weights.
        double rate = 10;
        Hyperparameters plain = new Hyperparameters(Optimizer.NESTEROV, rate, BATCH);
        try (Network network = engine.build(NetworkPlan.of(blueprint, plain, 5).with(loss))) {
            assertEquals(blueprint.parameters(), network.parameters());
            Weights before = Draws.shaken(network.weights(), random);
            network.load(before);
            ReferenceNetwork reference = new ReferenceNetwork(blueprint, before);

            float[] actual = network.reconstruct(values);
            double[] expected = reference.forward(values, false);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], actual[i], 2e-5 * (1 + Math.abs(expected[i])), "output " + i);
            }
            boolean coded = blueprint.latent().isPresent();
            float[] codes = coded ? network.encode(values) : new float[0];
            double[] bottleneck = coded ? reference.encode(values) : new double[0];
            assertEquals(bottleneck.length, codes.length);
            for (int i = 0; i < codes.length; i++) {
                assertEquals(bottleneck[i], codes[i], 2e-5 * (1 + Math.abs(bottleneck[i])), "code " + i);
            }
            double expectedLoss = reference.loss(Loss.MSE, values, wanted, false);
            assertEquals(expectedLoss, network.loss(samples, targets, 0, BATCH), 1e-5 * (1 + expectedLoss));

            if (loss == Loss.CROSS_ENTROPY) {
                double[] logits = new ReferenceNetwork(loss.trained(blueprint), before).forward(values, false);
                float[] found = network.logits(samples, 0, BATCH);
                assertEquals(logits.length, found.length);
                for (int i = 0; i < found.length; i++) {
                    assertEquals(logits[i], found[i], 2e-5 * (1 + Math.abs(logits[i])), "logit " + i);
                }
            }

            double trainingLoss = network.step(samples, targets, new int[] {0, 1, 2, 3, 4}, 0, BATCH);
            assertEquals(reference.loss(loss, values, wanted, true), trainingLoss, 1e-5 * (1 + trainingLoss));
            compareGradients(
                    before,
                    network.weights(),
                    rate * 1.9,
                    reference,
                    () -> reference.loss(loss, values, wanted, true),
                    random);
        }
    }

    private static void compareGradients(
            Weights before,
            Weights after,
            double rate,
            ReferenceNetwork reference,
            DoubleSupplier loss,
            Random random) {
        List<String> names = names(before.arrays());
        for (int k = 0; k < before.arrays().size(); k++) {
            String name = names.get(k);
            if (name.endsWith("_mean") || name.endsWith("_var")) {
                continue;
            }
            float[] w0 = before.arrays().get(k).values();
            float[] w1 = after.arrays().get(k).values();
            double largest = 0;
            for (int i = 0; i < w0.length; i++) {
                largest = Math.max(largest, Math.abs((w0[i] - w1[i]) / rate));
            }
            // a normalisation takes its layer's bias away with the mean: what is left of that gradient is rounding
            boolean without = name.endsWith("_b") && names.contains(name.replaceAll("_b$", "_gamma"));
            double rounding = without ? 1e-4 : 1e-6;
            double[] w = reference.weight(name);
            for (int trial = 0; trial < Math.min(12, w.length); trial++) {
                int i = w.length <= 12 ? trial : random.nextInt(w.length);
                double step = 1e-5;
                double original = w[i];
                w[i] = original + step;
                double up = loss.getAsDouble();
                w[i] = original - step;
                double down = loss.getAsDouble();
                w[i] = original;
                double numeric = (up - down) / (2 * step);
                double actual = (w0[i] - w1[i]) / rate;
                if (!(Math.abs(numeric - actual) <= 2e-3 * largest + rounding)) {
                    fail(name + "[" + i + "]: gradient " + actual + ", by differences " + numeric);
                }
            }
        }
    }

    protected static List<String> names(List<Weights.Array> arrays) {
        return arrays.stream().map(Weights.Array::name).toList();
    }
}

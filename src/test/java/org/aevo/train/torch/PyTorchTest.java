package org.aevo.train.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.Blueprint;
import org.aevo.network.EnumText;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Optimizer;
import org.aevo.network.Padding;
import org.aevo.network.Shape;
import org.aevo.record.Outside;
import org.aevo.search.Weights;
import org.aevo.train.Draws;
import org.aevo.train.InitialWeights;
import org.aevo.train.Loss;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier's probabilities, losses, gradients and steps against those of PyTorch in Python, in double precision. */
class PyTorchTest {
    private static final int BATCH = 7;
    private static final Shape SAMPLES = new Shape(2, 9, 12);
    private static final int CLASSES = 4;
    private static final double WITHIN = 1e-5;

    /** By a large rate the first step is the gradient, and dwarfs the rounding of the weights. */
    private static final List<Case> CASES = List.of(
            new Case(Optimizer.MOMENTUM, 10, 0, 1),
            new Case(Optimizer.MOMENTUM, 0.05, 0.01, 5),
            new Case(Optimizer.NESTEROV, 0.05, 0.01, 5),
            new Case(Optimizer.KERAS_RMSPROP, 1e-3, 0, 5),
            new Case(Optimizer.KERAS_RMSPROP, 1e-3, 0.01, 5));

    private record Case(Optimizer optimizer, double rate, double decay, int steps) {

        @Override
        public String toString() {
            return EnumText.of(optimizer) + ":" + rate + ":" + decay + ":" + steps;
        }
    }

    @Test
    void classifiersTrainAsThere(@TempDir Path folder) throws Exception {
        SplittableRandom random = new SplittableRandom(17);
        Blueprint blueprint = classifier();
        Weights start = Draws.shaken(InitialWeights.of(blueprint, 2), random);
        Samples inputs = Draws.samples(SAMPLES, BATCH, random);
        Samples targets = new Samples(Shape.vector(CLASSES), BATCH, chances(random));
        Map<String, Map<String, double[]>> there = there(folder, start, inputs, targets);
        try (TorchEngine engine = new TorchEngine()) {
            for (Case one : CASES) {
                Hyperparameters rule = new Hyperparameters(one.optimizer(), one.rate(), BATCH);
                NetworkPlan plan = NetworkPlan.of(blueprint, rule, 1)
                        .with(Loss.CROSS_ENTROPY)
                        .decaying(one.decay())
                        .startingFrom(start);
                try (Network network = engine.build(plan)) {
                    Map<String, double[]> before = there.get("before");
                    assertClose("logits", before.get("logits"), doubles(network.logits(inputs, 0, BATCH)));
                    assertClose(
                            "probabilities",
                            before.get("probabilities"),
                            doubles(network.reconstruct(inputs.values())));
                    compare(one, network, start, inputs, targets, there.get(one.toString()));
                }
            }
        }
    }

    private static void compare(
            Case one, Network network, Weights start, Samples inputs, Samples targets, Map<String, double[]> there) {
        int[] order = IntStream.range(0, BATCH).toArray();
        double[] losses = new double[one.steps()];
        for (int step = 0; step < one.steps(); step++) {
            losses[step] = network.step(inputs, targets, order, 0, BATCH);
        }
        assertClose(one + ": losses", there.get("losses"), losses);
        List<Weights.Array> after = network.weights().arrays();
        for (int a = 0; a < after.size(); a++) {
            String name = after.get(a).name();
            double[] expected = there.get(name);
            // the running averages are this program's own; a normalisation takes its layer's bias away with the mean
            if (expected == null || name.equals("same_b")) {
                continue;
            }
            float[] from = start.arrays().get(a).values();
            double[] actual = doubles(after.get(a).values());
            assertClose(one + ": " + name, expected, actual);
            if (one.steps() == 1) {
                assertClose(one + ": gradient of " + name, minus(expected, from), minus(actual, from));
            }
        }
    }

    /** Odd and even windows, one with an odd padding, columns that a pooling within the image leaves over. */
    private static Blueprint classifier() {
        Layer same = new Layer.Conv("same", SAMPLES, 4, 4, 1, Activation.HARD_SIGMOID, true);
        Layer valid =
                new Layer.Conv("valid", same.output(), 5, 3, 2, Activation.LEAKY_RELU, false, Axes.BOTH, Padding.VALID);
        Layer pool = new Layer.MaxPool("pool", valid.output(), 2, Axes.BOTH, Padding.VALID);
        Layer dense = new Layer.Dense("dense", pool.output(), 11, Activation.HARD_SIGMOID, 0);
        Layer output = new Layer.Dense("output", dense.output(), CLASSES, Activation.SOFTMAX, 0);
        assertEquals(new Shape(5, 2, 2), pool.output());
        assertEquals(new Shape(5, 4, 5), valid.output());
        return Blueprint.chain(SAMPLES, List.of(same, valid, pool, dense, output));
    }

    /** Classes of some samples, probabilities of them of others. */
    private static float[] chances(SplittableRandom random) {
        float[] chances = new float[BATCH * CLASSES];
        for (int sample = 0; sample < BATCH; sample++) {
            float share = sample % 2 == 0 ? 1 : (float) random.nextDouble();
            int at = random.nextInt(CLASSES);
            chances[sample * CLASSES + at] = share;
            chances[sample * CLASSES + (at + 1) % CLASSES] = 1 - share;
        }
        return chances;
    }

    /** By case and name what is printed there. */
    private static Map<String, Map<String, double[]>> there(Path folder, Weights start, Samples inputs, Samples targets)
            throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add(line("inputs", inputs.values(), BATCH, SAMPLES.channels(), SAMPLES.height(), SAMPLES.width()));
        lines.add(line("targets", targets.values(), BATCH, CLASSES));
        start.arrays().forEach(array -> lines.add(line(array.name(), array.values(), array.shape())));
        Path arrays = Files.write(folder.resolve("arrays"), lines);
        String program;
        try (InputStream in = PyTorchTest.class.getResourceAsStream("classifier.py")) {
            program = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> arguments = new ArrayList<>(List.of(arrays.toString()));
        CASES.forEach(one -> arguments.add(one.toString()));
        Map<String, Map<String, double[]>> found = new HashMap<>();
        Outside.pytorch(program, arguments.toArray(String[]::new)).lines().forEach(line -> {
            String[] words = line.split(" ");
            double[] numbers = Arrays.stream(words)
                    .skip(2)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            found.computeIfAbsent(words[0], name -> new HashMap<>()).put(words[1], numbers);
        });
        return found;
    }

    private static String line(String name, float[] values, int... sides) {
        return name + " "
                + Arrays.stream(sides).mapToObj(Integer::toString).collect(Collectors.joining("x")) + " "
                + Arrays.stream(doubles(values)).mapToObj(Double::toString).collect(Collectors.joining(" "));
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static double[] minus(double[] values, float[] others) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i] - others[i])
                .toArray();
    }

    /** Relative to the largest of them. */
    private static void assertClose(String what, double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length, what);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertTrue(largest > 0, what + " are all 0");
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], WITHIN * largest, what + " " + i);
        }
    }
}

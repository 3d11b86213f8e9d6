package org.aevo.train.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.aevo.genome.variation.WholeSpace;
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
import org.aevo.train.RandomBlueprint;
import org.aevo.train.Samples;
import org.aevo.train.StepParts;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A step in two parts against the library's own {@code fit}: the same bits. */
class StepPartsTest {
    private static final int STEPS = 4;
    private static final int BATCH = 5;

    private final Dl4jEngine engine = new Dl4jEngine();
    private final Set<String> seen = new TreeSet<>();

    @AfterEach
    void close() {
        engine.close();
    }

    /** Of autoencoders and classifiers that a search comes to, with dropout, each by the next rule, every other one decaying. */
    @Test
    void asTheLibraryFits() {
        List<WholeSpace.Sample> samples = new ArrayList<>(WholeSpace.samples(24, 6));
        samples.addAll(WholeSpace.samples(WholeSpace.classifiers(), 6, 7));
        int number = 0;
        for (WholeSpace.Sample sample : samples) {
            compare(sample.blueprint(), number++, sample.toString());
        }
        for (long seed = 1; seed <= 6; seed++) {
            compare(RandomBlueprint.ofImages(seed), number++, "images " + seed);
            compare(RandomBlueprint.ofClassifier(seed), number++, "classifier " + seed);
        }
        for (String what : List.of("MultiLayerNetwork", "ComputationGraph", "dropout", "normalisation")) {
            assertTrue(seen.contains(what), what);
        }
    }

    private void compare(Blueprint blueprint, int number, String what) {
        boolean classifies = blueprint.outputActivation() == Activation.SOFTMAX;
        Optimizer optimizer = Optimizer.values()[number % Optimizer.values().length];
        NetworkPlan plan = NetworkPlan.of(blueprint, new Hyperparameters(optimizer, 1e-3, BATCH), number + 1)
                .with(classifies ? Loss.CROSS_ENTROPY : Loss.MSE)
                .decaying(number % 2 * 0.01);
        if (engine.refusal(plan).isPresent()) {
            plan = plan.decaying(0);
        }
        SplittableRandom random = new SplittableRandom(number);
        plan = plan.startingFrom(Draws.shaken(InitialWeights.of(blueprint, 1), random));
        Samples inputs = Draws.samples(blueprint.input(), BATCH, random);
        Samples targets = Draws.samples(blueprint.output().layer().output(), BATCH, random);
        List<Double> expected = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        Weights fitted = fitted(plan, inputs, targets, expected);
        Weights parted;
        int[] order = {0, 1, 2, 3, 4};
        try (Network network = engine.build(plan)) {
            StepParts parts = network.parts();
            float[] numbers = new float[parts.size()];
            for (int step = 0; step < STEPS; step++) {
                int to = BATCH - step % 2;
                losses.add(parts.gradient(inputs, targets, order, 0, to));
                int half = numbers.length / 2;
                parts.read(half, numbers, numbers.length - half);
                parts.write(half, numbers, numbers.length - half);
                parts.update();
            }
            parted = network.weights();
        }
        Weights stepped;
        try (Network network = engine.build(plan)) {
            for (int step = 0; step < STEPS; step++) {
                whole.add(network.step(inputs, targets, order, 0, BATCH - step % 2));
            }
            stepped = network.weights();
        }
        assertEquals(expected, losses, what);
        assertEquals(expected, whole, what);
        for (int i = 0; i < fitted.arrays().size(); i++) {
            float[] values = fitted.arrays().get(i).values();
            String name = optimizer + " " + fitted.arrays().get(i).name() + " of " + what;
            assertArrayEquals(values, parted.arrays().get(i).values(), name);
            assertArrayEquals(values, stepped.arrays().get(i).values(), name);
            seen.add(name.contains("_mean") ? "normalisation" : "");
        }
        for (Layer layer : blueprint.layers()) {
            seen.add(layer instanceof Layer.Dense dense && dense.dropout() > 0 ? "dropout" : "");
        }
    }

    private Weights fitted(NetworkPlan plan, Samples inputs, Samples targets, List<Double> losses) {
        try (LibraryNetwork network = LibraryNetwork.of(plan, LayerKit.OWN)) {
            network.init();
            network.weights().assign(plan.startingWeights());
            Nd4j.getRandom().setSeed(plan.seed());
            Model model = network.model();
            seen.add(model.getClass().getSimpleName());
            for (int step = 0; step < STEPS; step++) {
                int count = BATCH - step % 2;
                try (INDArray in = array(inputs, count);
                        INDArray out = array(targets, count)) {
                    if (model instanceof MultiLayerNetwork chain) {
                        ChainConfiguration forms = new ChainConfiguration(plan, LayerKit.OWN);
                        chain.fit(forms.input().formed(in), forms.output().formed(out));
                    } else if (model instanceof ComputationGraph graph) {
                        GraphConfiguration forms = new GraphConfiguration(plan, LayerKit.OWN);
                        INDArray[] all = forms.inputs().stream()
                                .map(place -> place.formed(in))
                                .toArray(INDArray[]::new);
                        graph.fit(all, new INDArray[] {forms.output().formed(out)});
                    }
                    losses.add(model.score());
                }
            }
            return network.weights().copy();
        } finally {
            NativeMemory.free();
        }
    }

    private static INDArray array(Samples samples, int count) {
        INDArray array =
                Nd4j.createUninitialized(DataType.FLOAT, count * samples.shape().size());
        NamedArrays.write(samples.values(0, count), array);
        return array;
    }

    /** Some of the numbers, from the middle on: they are the right ones, and a network may be written to before it trained. */
    @Test
    void numbersLieWhereTheyAreAskedFor() {
        Shape shape = Shape.vector(3);
        Layer dense = new Layer.Dense("d", shape, 3, Activation.IDENTITY, 0);
        NetworkPlan plan = NetworkPlan.of(
                Blueprint.chain(shape, List.of(dense)), new Hyperparameters(Optimizer.MOMENTUM, 1, 1), 1);
        try (Network network = engine.build(plan)) {
            StepParts parts = network.parts();
            assertEquals(12, parts.size());
            parts.write(0, new float[12], 12);
            parts.write(4, new float[] {1, 2, 3, 9}, 3);
            float[] read = new float[5];
            parts.read(3, read, 5);
            assertArrayEquals(new float[] {0, 1, 2, 3, 0}, read);
            float[] before = flat(network);
            parts.update();
            float[] after = flat(network);
            float moved = 0;
            for (int i = 0; i < 12; i++) {
                moved += before[i] - after[i];
            }
            assertEquals(6, moved, 1e-5f);
        }
    }

    private static float[] flat(Network network) {
        float[] all = new float[12];
        int at = 0;
        for (Weights.Array array : network.weights().arrays()) {
            System.arraycopy(array.values(), 0, all, at, array.values().length);
            at += array.values().length;
        }
        return all;
    }
}

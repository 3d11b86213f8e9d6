package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;

class NetworkPlanTest {
    private static final Hyperparameters ANY = new Hyperparameters(Optimizer.ADAM, 1e-3, 32);

    @Test
    void weightsOfItsOwnAreTaken() {
        for (long seed = 1; seed <= 30; seed++) {
            Blueprint blueprint = RandomBlueprint.ofImages(seed);
            NetworkPlan plan = NetworkPlan.of(blueprint, ANY, seed);
            assertEquals(Optional.empty(), plan.refusal());
            Weights drawn = plan.startingWeights();
            assertEquals(Optional.empty(), plan.startingFrom(drawn).refusal());
            assertEquals(
                    drawn.arrays().stream().map(Weights.Array::name).toList(),
                    List.copyOf(WeightShapes.of(blueprint).keySet()));
        }
    }

    @Test
    void weightsOfOthersAreRefused() {
        Shape shape = Shape.vector(3);
        NetworkPlan plan = NetworkPlan.of(
                Blueprint.chain(shape, List.of(new Layer.Dense("d", shape, 2, Activation.TANH, 0))), ANY, 1);
        List<Weights.Array> arrays = new ArrayList<>(plan.startingWeights().arrays());
        arrays.set(0, new Weights.Array("d_W", new int[] {2, 3}, new float[6]));
        assertEquals(
                Optional.of("weights d_W have shape [2, 3], the network's [3, 2]"),
                plan.startingFrom(new Weights(arrays)).refusal());
        arrays.remove(1);
        assertEquals(
                Optional.of("weights [d_W] are not those of the network [d_W, d_b]"),
                plan.startingFrom(new Weights(arrays)).refusal());
    }

    /** A vector of zeros and ones tells at a glance what draws are for: no other array draws. */
    @Test
    void onlyWeightsAreDrawn() {
        Layer conv = new Layer.Conv("c", new Shape(1, 4, 4), 2, 3, 1, Activation.RELU, true);
        Weights drawn = InitialWeights.of(Blueprint.chain(new Shape(1, 4, 4), List.of(conv)), 1);
        float[] zeros = new float[2];
        float[] ones = {1, 1};
        List<float[]> values =
                drawn.arrays().stream().map(Weights.Array::values).toList();
        for (int i = 0; i < 18; i++) {
            // He: variance 2 / 9, of a uniform distribution up to the root of three times that
            assertEquals(0, values.get(0)[i], Math.sqrt(6.0 / 9));
        }
        assertArrayEquals(zeros, values.get(1));
        assertArrayEquals(ones, values.get(2));
        assertArrayEquals(zeros, values.get(3));
        assertArrayEquals(zeros, values.get(4));
        assertArrayEquals(ones, values.get(5));
    }

    @Test
    void whatNoArrayHoldsIsRefused() {
        Shape shape = Shape.vector(60_000);
        Layer wide = new Layer.Dense("d", shape, 60_000, Activation.TANH, 0);
        assertEquals(
                Optional.of("the network has 3600060000 weights, the most that can be trained are 2147483647"),
                NetworkPlan.of(Blueprint.chain(shape, List.of(wide)), ANY, 1).refusal());
        Shape image = new Shape(1, 4000, 4000);
        Layer pool = new Layer.MaxPool("p", image, 2);
        assertEquals(
                Optional.of("a batch of 256 samples of 16000000 values is more than the 2147483647 values that can be"
                        + " handed over at once"),
                NetworkPlan.of(Blueprint.chain(image, List.of(pool)), ANY, 1).refusal());
    }

    /** Behind the sum comes a layer that only moves values. */
    @Test
    void crossEntropyNamesTheSum() {
        Shape shape = new Shape(1, 4, 4);
        Layer conv = new Layer.Conv("c", shape, 1, 3, 1, Activation.SIGMOID, false);
        Layer join = new Layer.Join("skip", List.of(shape, shape));
        Layer crop = new Layer.Crop("x", shape, new Shape(1, 2, 2), 0, 0);
        Blueprint blueprint = new Blueprint(
                shape,
                List.of(
                        new Node(conv, List.of(Blueprint.INPUT)),
                        new Node(join, List.of("c", Blueprint.INPUT)),
                        new Node(crop, List.of("skip"))),
                Map.of(Blueprint.OUTPUT, "x"));
        assertEquals(
                Optional.of("binary cross-entropy needs the output activation sigmoid, but the output is the sum skip,"
                        + " which has no activation"),
                NetworkPlan.of(blueprint, ANY, 1)
                        .with(Loss.BINARY_CROSS_ENTROPY)
                        .refusal());
    }
}

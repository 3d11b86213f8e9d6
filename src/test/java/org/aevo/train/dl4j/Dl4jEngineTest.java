package org.aevo.train.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import org.aevo.train.Loss;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.junit.jupiter.api.Test;

class Dl4jEngineTest {
    private static final Shape SHAPE = new Shape(1, 4, 4);

    @Test
    void whatItDoesNotBuildItSaysOfThePlan() {
        try (Dl4jEngine engine = new Dl4jEngine()) {
            NetworkPlan refused = plan(2);
            String reason = engine.refusal(refused).orElseThrow();
            assertEquals(
                    "layer up: the engine dl4j has no transposed convolution of kernel 2 and stride 4; the kernel must be"
                            + " at least 3",
                    reason);
            assertEquals(
                    reason,
                    assertThrows(IllegalArgumentException.class, () -> engine.build(refused))
                            .getMessage());
            NetworkPlan built = plan(3);
            assertEquals(Optional.empty(), engine.refusal(built));
            try (Network network = engine.build(built)) {
                assertEquals(16, network.reconstruct(new float[16]).length);
            }
        }
    }

    @Test
    void aCodeBehindTheSigmoidOfTheOutput() {
        Layer first = new Layer.Dense("first", SHAPE, 5, Activation.SIGMOID, 0);
        Layer last = new Layer.Dense("last", first.output(), 16, Activation.SIGMOID, 0);
        Layer side = new Layer.Dense("side", last.output(), 2, Activation.TANH, 0);
        List<Node> nodes = List.of(
                new Node(first, List.of(Blueprint.INPUT)),
                new Node(last, List.of("first")),
                new Node(side, List.of("last")));
        Hyperparameters any = new Hyperparameters(Optimizer.ADAM, 0.001, 1);
        NetworkPlan plan = NetworkPlan.of(
                new Blueprint(SHAPE, nodes, Map.of(Blueprint.OUTPUT, "last", Blueprint.LATENT, "side")), any, 1);
        NetworkPlan before = NetworkPlan.of(
                new Blueprint(SHAPE, nodes.subList(0, 2), Map.of(Blueprint.OUTPUT, "last", Blueprint.LATENT, "first")),
                any,
                1);
        try (Dl4jEngine engine = new Dl4jEngine()) {
            assertEquals(Optional.empty(), engine.refusal(plan));
            assertEquals(
                    Optional.of(
                            "the code is made from the sigmoid of layer last, which the engine dl4j does not compute"
                                    + " when it trains by binary cross-entropy"),
                    engine.refusal(plan.with(Loss.BINARY_CROSS_ENTROPY)));
            assertEquals(Optional.empty(), engine.refusal(before.with(Loss.BINARY_CROSS_ENTROPY)));
        }
    }

    @Test
    void aCodeBehindTheSoftmaxOfTheOutput() {
        Layer last = new Layer.Dense("last", SHAPE, 3, Activation.SOFTMAX, 0);
        Layer side = new Layer.Dense("side", last.output(), 2, Activation.TANH, 0);
        NetworkPlan plan = beside(last, side, "last");
        try (Dl4jEngine engine = new Dl4jEngine()) {
            assertEquals(Optional.empty(), engine.refusal(plan));
            assertEquals(
                    Optional.of(
                            "the code is made from the softmax of layer last, which the engine dl4j does not compute"
                                    + " when it trains by cross-entropy"),
                    engine.refusal(plan.with(Loss.CROSS_ENTROPY)));
        }
    }

    @Test
    void weightsThatTheLossDoesNotDependOnCannotDecay() {
        Layer last = new Layer.Dense("last", SHAPE, 3, Activation.SOFTMAX, 0);
        NetworkPlan plan = beside(last, new Layer.Dense("side", SHAPE, 2, Activation.TANH, 0), Blueprint.INPUT);
        try (Dl4jEngine engine = new Dl4jEngine()) {
            assertEquals(Optional.empty(), engine.refusal(plan));
            assertEquals(
                    Optional.of("the output does not depend on layer side, whose weights the engine dl4j cannot decay:"
                            + " set the weight decay to 0"),
                    engine.refusal(plan.decaying(0.1)));
        }
    }

    private static NetworkPlan beside(Layer last, Layer code, String from) {
        List<Node> nodes = List.of(new Node(last, List.of(Blueprint.INPUT)), new Node(code, List.of(from)));
        return NetworkPlan.of(
                new Blueprint(SHAPE, nodes, Map.of(Blueprint.OUTPUT, "last", Blueprint.LATENT, "side")),
                new Hyperparameters(Optimizer.ADAM, 0.001, 1),
                1);
    }

    /** A sum behind a transposed convolution of stride 4. */
    private static NetworkPlan plan(int kernel) {
        Layer pool = new Layer.MaxPool("pool", SHAPE, 4);
        Layer up = new Layer.Deconv("up", pool.output(), 1, kernel, 4, Activation.TANH, false);
        Layer sum = new Layer.Join("sum", List.of(SHAPE, SHAPE));
        Blueprint blueprint = new Blueprint(
                SHAPE,
                List.of(
                        new Node(pool, List.of(Blueprint.INPUT)),
                        new Node(up, List.of("pool")),
                        new Node(sum, List.of("up", Blueprint.INPUT))),
                Map.of(Blueprint.OUTPUT, "sum"));
        return NetworkPlan.of(blueprint, new Hyperparameters(Optimizer.ADAM, 0.001, 1), 1);
    }
}

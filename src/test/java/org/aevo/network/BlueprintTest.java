package org.aevo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A network as a graph: what is one, and what is asked of it. */
class BlueprintTest {
    private static final Shape SAMPLE = Shape.vector(6);
    private static final Layer.Dense FIRST = dense("a", 6, 4);
    private static final Layer.Dense CODE = dense("code", 4, 2);
    private static final Layer.Dense BACK = dense("b", 2, 4);
    private static final Layer.Join SUM = new Layer.Join("sum", List.of(BACK.output(), FIRST.output()));
    private static final Layer.Dense LAST = dense("out", 4, 6);

    private static final List<Node> NODES = List.of(
            new Node(FIRST, List.of(Blueprint.INPUT)),
            new Node(CODE, List.of("a")),
            new Node(BACK, List.of("code")),
            new Node(SUM, List.of("b", "a")),
            new Node(LAST, List.of("sum")));
    private static final Map<String, String> OUTPUTS = Map.of(Blueprint.OUTPUT, "out", Blueprint.LATENT, "code");
    private static final Blueprint GRAPH = new Blueprint(SAMPLE, NODES, OUTPUTS);

    private static Layer.Dense dense(String name, int inputs, int units) {
        return new Layer.Dense(name, Shape.vector(inputs), units, Activation.TANH, 0);
    }

    private static String refused(List<Node> nodes, Map<String, String> outputs) {
        return assertThrows(IllegalArgumentException.class, () -> new Blueprint(SAMPLE, nodes, outputs))
                .getMessage();
    }

    private static List<Node> changed(int index, Node node) {
        List<Node> nodes = new ArrayList<>(NODES);
        nodes.set(index, node);
        return nodes;
    }

    @Test
    void aGraphKnowsItsWays() {
        assertFalse(GRAPH.isChain());
        assertEquals("code", GRAPH.latent().orElseThrow().name());
        assertEquals(List.of(FIRST, CODE), GRAPH.encoder());
        assertEquals(
                List.of("a", "code", "b"),
                GRAPH.upTo("b").stream().map(Node::name).toList());
        assertEquals(4, GRAPH.depth(), "a sum is no layer");
        assertEquals(6 * 4 + 4 + 4 * 2 + 2 + 2 * 4 + 4 + 4 * 6 + 6, GRAPH.parameters());
    }

    /** Sixteen times 2 to the power of 60 would come round to nothing, and pass every limit. */
    @Test
    void whatIsFarTooLargeIsNotSmall() {
        int units = 1 << 30;
        List<Layer> layers = new ArrayList<>(List.of(dense("first", 1, units)));
        for (int i = 0; i < 16; i++) {
            layers.add(dense("l" + i, units, units));
        }
        Blueprint chain = Blueprint.chain(Shape.vector(1), layers);
        assertEquals(Long.MAX_VALUE, chain.parameters());
        assertEquals(Long.MAX_VALUE, chain.trainingBytes(8));
        assertEquals(Long.MAX_VALUE, chain.weightBytes(Optimizer.ADAM));
        Shape large = new Shape(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, large.size());
        Layer.Conv conv = new Layer.Conv("c", large, Integer.MAX_VALUE, Integer.MAX_VALUE, 1, Activation.RELU, true);
        Layer.Deconv deconv =
                new Layer.Deconv("d", large, Integer.MAX_VALUE, Integer.MAX_VALUE, 1, Activation.RELU, true);
        for (Layer layer : List.of(conv, deconv)) {
            assertEquals(Long.MAX_VALUE, layer.parameters());
            assertEquals(Long.MAX_VALUE, layer.trainingValues());
            assertEquals(Long.MAX_VALUE, layer.forwardValues());
        }
        assertThrows(IllegalArgumentException.class, () -> new Layer.Upsample("u", new Shape(1, 65537, 65537), 65537)
                .output());
    }

    @Test
    void aChainIsOneWhoeverMakesIt() {
        List<Layer> layers = List.of(FIRST, dense(Blueprint.LATENT, 4, 2), dense("out", 2, 6));
        Blueprint chain = Blueprint.chain(SAMPLE, layers);
        assertTrue(chain.isChain());
        assertEquals(layers, chain.layers());
        assertEquals(Map.of(Blueprint.OUTPUT, "out", Blueprint.LATENT, Blueprint.LATENT), chain.outputs());
        Blueprint nameless = Blueprint.chain(SAMPLE, List.of(FIRST));
        assertTrue(nameless.latent().isEmpty());
        assertEquals(List.of(FIRST), nameless.encoder());
        assertFalse(new Blueprint(SAMPLE, chain.nodes(), Map.of(Blueprint.OUTPUT, "out", "other", "a")).equals(chain));
    }

    @Test
    void theLastActivationIsOnTheWayToTheOutput() {
        assertEquals(Activation.TANH, GRAPH.outputActivation());
        Blueprint linear = GRAPH.withOutputActivation(Activation.IDENTITY);
        assertEquals(Activation.IDENTITY, linear.outputActivation());
        assertEquals(FIRST, linear.layers().get(0), "only the last one");
        Blueprint sum = new Blueprint(SAMPLE, NODES.subList(0, 4), Map.of(Blueprint.OUTPUT, "sum"));
        assertEquals(Activation.IDENTITY, sum.outputActivation(), "what is added up has none");
        assertEquals(sum, sum.withOutputActivation(Activation.SIGMOID));
    }

    @Test
    void whatIsNoGraphIsRefusedByName() {
        assertEquals(
                "two layers have the name a", refused(changed(1, new Node(dense("a", 4, 2), List.of("a"))), OUTPUTS));
        assertEquals(
                "layer code takes the output of b, which is not there before it",
                refused(changed(1, new Node(CODE, List.of("b"))), OUTPUTS));
        assertEquals("layer b takes 2, but a makes 4", refused(changed(2, new Node(BACK, List.of("a"))), OUTPUTS));
        assertEquals(
                "layer sum takes 2 inputs, 1 are given", refused(changed(3, new Node(SUM, List.of("b"))), OUTPUTS));
        assertEquals(
                "output other is of layer nobody, which is not there",
                refused(NODES, Map.of(Blueprint.OUTPUT, "out", "other", "nobody")));
        assertEquals("a network must have an output named output", refused(NODES, Map.of(Blueprint.LATENT, "code")));
        assertEquals(
                "nothing takes the output of layer out",
                refused(NODES, Map.of(Blueprint.OUTPUT, "sum", Blueprint.LATENT, "code")));
        assertEquals("a network must have at least one layer", refused(List.of(), OUTPUTS));
        assertTrue(refused(List.of(new Node(dense(Blueprint.INPUT, 6, 4), List.of(Blueprint.INPUT))), OUTPUTS)
                .startsWith("a layer cannot have the name input"));
    }

    @Test
    void aSumHasAtLeastTwoPartsAndTheFirstOnesShape() {
        assertThrows(IllegalArgumentException.class, () -> new Layer.Join("sum", List.of(SAMPLE)));
        Layer.Join join = new Layer.Join("sum", List.of(new Shape(3, 4, 4), Shape.vector(9), new Shape(1, 8, 8)));
        assertEquals(new Shape(3, 4, 4), join.output());
        assertEquals(0, join.parameters());
        assertEquals(2 * 48, join.forwardOperations());
    }

    /** A batch of targets is a batch of what comes out, which of a classifier may be more than what goes in. */
    @Test
    void memoryCountsTargetsThatAreLargerThanSamples() {
        int classes = 1000;
        Layer output = new Layer.Dense("o", Shape.vector(3), classes, Activation.SOFTMAX, 0);
        Blueprint classifier = Blueprint.chain(Shape.vector(3), List.of(output));
        long values = 5 * classifier.parameters() + 5 * classes * 8 + 3 * classes * 256 + (3 + classes) * (8 + 256);
        assertEquals(4 * values, classifier.trainingBytes(8));
    }
}

package org.aevo.train.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.aevo.train.Draws;
import org.aevo.train.InitialWeights;
import org.aevo.train.Loss;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.ReferenceNetwork;
import org.aevo.train.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the library's graphs have of their own, beside what {@link AgainstReferenceTest} asks of all networks. */
class GraphNetworkTest {
    private static final int BATCH = 4;
    private static final Hyperparameters ADAM = new Hyperparameters(Optimizer.ADAM, 0.01, BATCH);
    private static final Shape IMAGE = new Shape(2, 6, 4);

    private final Dl4jEngine engine = new Dl4jEngine();
    private final SplittableRandom random = new SplittableRandom(3);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aChainAsAGraphTrainsAsAChainDoes() {
        Layer conv = new Layer.Conv("c", IMAGE, 3, 3, 2, Activation.SWISH, true);
        Layer dense = new Layer.Dense("latent", conv.output(), 5, Activation.TANH, 0);
        Layer back = new Layer.Dense("b", dense.output(), 6, Activation.RELU, 0);
        Layer reshape = new Layer.Reshape("r", back.output(), new Shape(1, 3, 2));
        Layer deconv = new Layer.Deconv("d", reshape.output(), 2, 3, 2, Activation.SIGMOID, false);
        Layer classes = new Layer.Dense("d", dense.output(), 48, Activation.SOFTMAX, 0);
        for (Loss loss : Loss.values()) {
            Blueprint blueprint = Blueprint.chain(
                    IMAGE,
                    loss == Loss.CROSS_ENTROPY
                            ? List.of(conv, dense, classes)
                            : List.of(conv, dense, back, reshape, deconv));
            Weights start = Draws.shaken(InitialWeights.of(blueprint, 2), random);
            float[] values = Draws.values(BATCH * IMAGE.size(), random);
            Weights trained;
            Weights again;
            NetworkPlan plan = NetworkPlan.of(blueprint, ADAM, 1).with(loss).decaying(0.01);
            try (LibraryNetwork chain = new ChainNetwork(plan, LayerKit.OWN);
                    LibraryNetwork graph = new GraphNetwork(plan, LayerKit.OWN)) {
                trained = trained(chain, start, values);
                again = trained(graph, start, values);
            }
            assertEquals(start.arrays().size(), again.arrays().size());
            for (int i = 0; i < start.arrays().size(); i++) {
                String name = start.arrays().get(i).name();
                assertEquals(name, again.arrays().get(i).name());
                assertArrayEquals(
                        trained.arrays().get(i).values(), again.arrays().get(i).values(), 1e-5f, name);
            }
            assertFalse(
                    start.arrays().get(0).values()[0] == again.arrays().get(0).values()[0]);
        }
    }

    private static Weights trained(LibraryNetwork network, Weights start, float[] values) {
        network.init();
        network.weights().assign(start);
        try (INDArray samples = Nd4j.createFromArray(values)) {
            for (int step = 0; step < 5; step++) {
                network.differentiate(samples, samples);
                network.update();
            }
        }
        return network.weights().copy();
    }

    /** As the layers are that the library needs more of than the blueprint has, and the samples and the loss. */
    @Test
    void layersMayHaveAnyNames() {
        List<Node> nodes = new ArrayList<>();
        Layer conv = new Layer.Conv("c", IMAGE, 2, 3, 1, Activation.TANH, true);
        Layer same = new Layer.Conv("c_normalization", IMAGE, 2, 1, 1, Activation.TANH, true);
        Layer join = new Layer.Join("c_activation", List.of(IMAGE, IMAGE, IMAGE));
        Layer dense = new Layer.Dense("loss", IMAGE, 7, Activation.TANH, 0.5);
        Layer other = new Layer.Dense("loss_dropout", dense.output(), 48, Activation.SIGMOID, 0);
        Layer last = new Layer.Join("input_", List.of(other.output(), IMAGE));
        nodes.add(new Node(conv, List.of(Blueprint.INPUT)));
        nodes.add(new Node(same, List.of("c")));
        nodes.add(new Node(join, List.of("c", "c_normalization", Blueprint.INPUT)));
        nodes.add(new Node(dense, List.of("c_activation")));
        nodes.add(new Node(other, List.of("loss")));
        check(Blueprint.chain(IMAGE, List.of(conv, same, dense, other)));
        nodes.add(new Node(last, List.of("loss_dropout", Blueprint.INPUT)));
        check(new Blueprint(IMAGE, nodes, Map.of(Blueprint.OUTPUT, "input_", Blueprint.LATENT, "loss")));
    }

    /** Of samples, of images, one behind the other, and as a network's code and output. */
    @Test
    void reshapesMayStandAnywhere() {
        Shape vector = Shape.vector(48);
        Shape wide = new Shape(1, 4, 12);
        Layer conv = new Layer.Conv("c", wide, 3, 3, 1, Activation.TANH, false);
        Layer first = new Layer.Reshape("r", vector, wide);
        Layer flat = new Layer.Reshape("f", conv.output(), Shape.vector(144));
        Layer again = new Layer.Reshape("latent", Shape.vector(144), new Shape(9, 4, 4));
        Layer end = new Layer.Conv("e", again.output(), 3, 3, 1, Activation.SIGMOID, false);
        Layer cut = new Layer.Reshape("o", end.output(), new Shape(2, 6, 4));
        check(Blueprint.chain(vector, List.of(first, conv, flat, again, end, cut)));
        Layer dense = new Layer.Dense("d", vector, 48, Activation.TANH, 0);
        check(Blueprint.chain(wide, List.of(new Layer.Reshape("r", wide, vector), dense)));
        check(Blueprint.chain(vector, List.of(new Layer.Reshape("latent", vector, wide), conv)));
        Layer join = new Layer.Join("j", List.of(wide, vector, wide));
        check(new Blueprint(
                vector,
                List.of(
                        new Node(first, List.of(Blueprint.INPUT)),
                        new Node(dense, List.of("r")),
                        new Node(new Layer.Reshape("latent", vector, wide), List.of("r")),
                        new Node(conv, List.of("latent")),
                        new Node(new Layer.Reshape("s", conv.output(), new Shape(3, 12, 4)), List.of("c")),
                        new Node(new Layer.Reshape("t", new Shape(3, 12, 4), new Shape(9, 4, 4)), List.of("s")),
                        new Node(end, List.of("t")),
                        new Node(join, List.of("r", "d", "latent")),
                        new Node(new Layer.Join("k", List.of(end.output(), wide)), List.of("e", "j"))),
                Map.of(Blueprint.OUTPUT, "k", Blueprint.LATENT, "latent")));
    }

    /** A chain that begins with a crop: the library's chains compute it, and do not train it. */
    @Test
    void samplesMayBeCutFirst() {
        Layer crop = new Layer.Crop("c", IMAGE, new Shape(2, 4, 3), 1, 0);
        Layer conv = new Layer.Conv("d", crop.output(), 3, 3, 1, Activation.TANH, false);
        check(Blueprint.chain(IMAGE, List.of(crop, conv)));
        check(Blueprint.chain(IMAGE, List.of(crop, new Layer.Dense("e", crop.output(), 5, Activation.SIGMOID, 0))));
        Layer reshape = new Layer.Reshape("r", Shape.vector(48), IMAGE);
        check(Blueprint.chain(Shape.vector(48), List.of(reshape, crop, conv)));
    }

    /** Outputs and codes are those of plain Java, training lowers the loss, and nothing is left of the network. */
    private void check(Blueprint blueprint) {
        Weights weights = Draws.shaken(InitialWeights.of(blueprint, 1), random);
        Samples samples = Draws.samples(blueprint.input(), BATCH, random);
        Samples targets = Draws.samples(blueprint.output().layer().output(), BATCH, random);
        ReferenceNetwork reference = new ReferenceNetwork(blueprint, weights);
        int[] order = {0, 1, 2, 3};
        try (Network network = engine.build(NetworkPlan.of(blueprint, ADAM, 1).startingFrom(weights))) {
            assertClose(reference.forward(samples.values(), false), network.reconstruct(samples.values()));
            if (blueprint.latent().isPresent()) {
                assertClose(reference.encode(samples.values()), network.encode(samples.values()));
            }
            double before = network.loss(samples, targets, 0, BATCH);
            for (int step = 0; step < 30; step++) {
                network.step(samples, targets, order, 0, BATCH);
            }
            assertTrue(network.loss(samples, targets, 0, BATCH) < before);
            network.load(weights);
            assertEquals(before, network.loss(samples, targets, 0, BATCH), 1e-6);
        }
        assertEquals(List.of(), Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread());
    }

    private static void assertClose(double[] expected, float[] found) {
        assertEquals(expected.length, found.length);
        for (int i = 0; i < found.length; i++) {
            assertEquals(expected[i], found[i], 1e-5 * (1 + Math.abs(expected[i])));
        }
    }
}

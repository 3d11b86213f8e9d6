package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.aevo.genome.GenomeText;
import org.aevo.genome.variation.WholeSpace;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightTransferTest {
    private static final Hyperparameters ANY = new Hyperparameters(Optimizer.ADAM, 1e-3, 4);
    private static final Shape IMAGE = new Shape(2, 6, 6);

    /** Filters by which each layer of a chain is told from all others. */
    private static final int[] FILTERS = {3, 4, 5, 7, 8};

    private final SplittableRandom random = new SplittableRandom(18);

    @Test
    void theSameNetworkTakesAllOver() {
        for (WholeSpace.Sample sample : samples(60)) {
            inheritsAll(sample.blueprint());
        }
        for (long seed = 1; seed <= 60; seed++) {
            inheritsAll(RandomBlueprint.ofImages(seed));
        }
    }

    private void inheritsAll(Blueprint blueprint) {
        Weights trained = trained(blueprint);
        WeightTransfer transfer = transfer(blueprint, trained, blueprint);
        assertEquals(1, transfer.share());
        assertSameValues(trained, transfer.weights());
        transfer.origins().forEach((to, from) -> assertEquals(from, to));
    }

    @Test
    void aLayerThatIsInsertedOrRemovedShiftsNoOther() {
        for (boolean normalised : new boolean[] {false, true}) {
            List<Layer> few = chain(FILTERS, normalised);
            for (int at = 0; at <= few.size(); at++) {
                Shape before = at == 0 ? IMAGE : few.get(at - 1).output();
                List<Layer> more = new ArrayList<>(few);
                // shapes before and behind it stay
                more.add(at, new Layer.Conv("new", before, before.channels(), 1, 1, Activation.RELU, normalised));
                Blueprint small = Blueprint.chain(IMAGE, renamed(few));
                Blueprint large = Blueprint.chain(IMAGE, renamed(more));

                Weights trained = trained(small);
                WeightTransfer inserted = transfer(small, trained, large);
                assertEquals(small.layers().size(), inserted.origins().size());
                assertEquals((double) small.parameters() / large.parameters(), inserted.share(), 1e-12);
                for (int i = 0; i < few.size(); i++) {
                    String to = large.layers().get(i < at ? i : i + 1).name();
                    assertEquals(
                            small.layers().get(i).name(), inserted.origins().get(to));
                }
                assertTaken(small, trained, inserted);

                Weights ofLarge = trained(large);
                WeightTransfer removed = transfer(large, ofLarge, small);
                assertEquals(1, removed.share());
                assertTaken(large, ofLarge, removed);
            }
        }
    }

    @Test
    void otherFiltersLoseTheirLayerAndTheOneBehindIt() {
        Blueprint parent = Blueprint.chain(IMAGE, chain(FILTERS, true));
        Weights trained = trained(parent);
        for (int at = 0; at < FILTERS.length; at++) {
            int[] filters = FILTERS.clone();
            filters[at] = 20;
            Blueprint child = Blueprint.chain(IMAGE, chain(filters, true));
            WeightTransfer transfer = transfer(parent, trained, child);
            List<String> kept =
                    new ArrayList<>(parent.layers().stream().map(Layer::name).toList());
            kept.remove("l" + at);
            kept.remove("l" + (at + 1));
            assertEquals(kept, List.copyOf(transfer.origins().keySet()));
            assertEquals(kept, List.copyOf(transfer.origins().values()));
            assertTaken(parent, trained, transfer);
        }
    }

    /** What else is inherited by a search: the same genome with other numbers. */
    @Test
    void stridesAndActivationsAreInNoArray() {
        Blueprint parent =
                unfold("conv(4,k3,s1,relu) conv(4,k3,s1,tanh) | latent(5) | upsampling | adam(lr0.1,batch8)");
        Blueprint other = unfold("conv(4,k3,s1,elu) conv(4,k3,s1,relu) | latent(5) | upsampling | adam(lr0.2,batch8)");
        assertEquals(1, transfer(parent, trained(parent), other).share());
        Blueprint strided =
                unfold("conv(4,k3,s2,relu) conv(4,k3,s1,tanh) | latent(5) | upsampling | adam(lr0.1,batch8)");
        WeightTransfer transfer = transfer(parent, trained(parent), strided);
        // all but what goes into and comes out of the code
        assertTrue(transfer.origins().keySet().containsAll(List.of("e0_conv", "e1_conv")), transfer.toString());
        assertTrue(transfer.share() > 0 && transfer.share() < 1, transfer.toString());
    }

    /** Both first layers would do: the one that is more alike is taken. */
    @Test
    void ofTwoThatFitTheMoreAlikeIsTaken() {
        Shape wide = new Shape(2, 6, 6);
        Layer relu = new Layer.Conv("a", wide, 2, 3, 1, Activation.RELU, false);
        Layer tanh = new Layer.Conv("b", wide, 2, 3, 1, Activation.TANH, false);
        Blueprint parent = Blueprint.chain(wide, List.of(relu, tanh));
        for (Layer kept : List.of(relu, tanh)) {
            Blueprint child = Blueprint.chain(wide, List.of(kept));
            assertEquals(
                    Map.of(kept.name(), kept.name()),
                    transfer(parent, trained(parent), child).origins());
            assertEquals(
                    Map.of(kept.name(), kept.name()),
                    transfer(child, trained(child), parent).origins());
        }
    }

    /** A skip that comes or goes changes no array. */
    @Test
    void skipsCostNothing() {
        List<Layer> layers = chain(FILTERS, false);
        Blueprint chain = Blueprint.chain(IMAGE, layers);
        List<Node> nodes = new ArrayList<>(chain.nodes());
        Layer join = new Layer.Join(
                "sum", List.of(layers.get(3).output(), layers.get(0).output()));
        nodes.set(4, new Node(layers.get(4), List.of("sum")));
        nodes.add(4, new Node(join, List.of("l3", "l0")));
        Blueprint graph = new Blueprint(IMAGE, nodes, chain.outputs());
        assertEquals(1, transfer(chain, trained(chain), graph).share());
        assertEquals(1, transfer(graph, trained(graph), chain).share());
    }

    @Test
    void normalisationGoesWithItsLayer() {
        Blueprint with = Blueprint.chain(IMAGE, chain(FILTERS, true));
        Blueprint without = Blueprint.chain(IMAGE, chain(FILTERS, false));
        WeightTransfer transfer = transfer(with, trained(with), without);
        assertEquals(Map.of(), transfer.origins());
        assertEquals(0, transfer.share());
        assertSameValues(InitialWeights.of(without, 5), transfer.weights());
    }

    /** Arrays of one shape mean different things in layers of different kinds. */
    @Test
    void kindsAreNotMixed() {
        Shape four = new Shape(4, 6, 6);
        Blueprint conv = Blueprint.chain(four, List.of(new Layer.Conv("l0", four, 4, 3, 1, Activation.RELU, false)));
        Blueprint deconv =
                Blueprint.chain(four, List.of(new Layer.Deconv("l0", four, 4, 3, 1, Activation.RELU, false)));
        assertEquals(0, transfer(conv, trained(conv), deconv).share());
        assertEquals(0, transfer(deconv, trained(deconv), conv).share());
    }

    @Test
    void whatHasNoWeightsLacksNone() {
        Blueprint pool = Blueprint.chain(IMAGE, List.of(new Layer.MaxPool("p", IMAGE, 2)));
        Blueprint conv = Blueprint.chain(IMAGE, chain(FILTERS, false));
        assertEquals(1, transfer(conv, trained(conv), pool).share());
        assertEquals(0, transfer(pool, trained(pool), conv).share());
    }

    /** Any two of one space, however far apart, and classifiers and autoencoders too. */
    @Test
    void anyPairIsWholeAndPure() {
        List<WholeSpace.Sample> samples = samples(120);
        for (int i = 0; i < samples.size(); i++) {
            Blueprint parent = samples.get(i).blueprint();
            Blueprint child = samples.get((i * 7 + 13) % samples.size()).blueprint();
            Weights trained = trained(parent);
            WeightTransfer transfer = transfer(parent, trained, child);
            assertTrue(transfer.share() >= 0 && transfer.share() <= 1, transfer.toString());
            assertEquals(transfer.origins().isEmpty(), transfer.share() == 0);
            assertEquals(
                    transfer.origins().size(),
                    transfer.origins().values().stream().distinct().count());
            assertEquals(Optional.empty(), WeightShapes.foreign(child, transfer.weights()));
            assertTaken(parent, trained, transfer);
            assertSameValues(
                    transfer.weights(), transfer(parent, trained, child).weights());
        }
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() {
        Blueprint parent = Blueprint.chain(IMAGE, chain(FILTERS, false));
        Blueprint other = Blueprint.chain(IMAGE, chain(new int[] {3, 4}, false));
        Weights stale = trained(other);
        assertEquals(Optional.empty(), WeightTransfer.refusal(other, stale));
        assertTrue(WeightTransfer.refusal(parent, stale).orElseThrow().contains("are not those of the network"));
        Weights initial = InitialWeights.of(parent, 1);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> WeightTransfer.of(parent, stale, parent, initial))
                .getMessage();
        assertTrue(message.startsWith("the parent's weights"), message);
        message = assertThrows(IllegalArgumentException.class, () -> WeightTransfer.of(parent, initial, parent, stale))
                .getMessage();
        assertTrue(message.startsWith("the child's initial weights"), message);
    }

    /** All of it gives the parent's outputs; a part of it can be trained. */
    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void enginesStartFromIt(EngineKind kind) {
        List<WholeSpace.Sample> samples = samples(24);
        try (Engine engine = TestEngines.open(kind)) {
            for (int i = 0; i < samples.size(); i++) {
                Blueprint parent = samples.get(i).blueprint();
                Weights trained = trained(parent);
                Samples inputs = Draws.samples(parent.input(), 4, random);
                float[] expected;
                try (Network network = engine.build(NetworkPlan.of(parent, ANY, 1))) {
                    network.load(trained);
                    expected = network.reconstruct(inputs.values());
                }
                Weights all = transfer(parent, trained, parent).weights();
                try (Network network =
                        engine.build(NetworkPlan.of(parent, ANY, 2).startingFrom(all))) {
                    assertArrayEquals(expected, network.reconstruct(inputs.values()));
                    // the parent's own numbers stay what they were, whatever becomes of the child's
                    float[] before = trained.arrays().get(0).values().clone();
                    network.step(inputs, targets(parent, inputs), new int[] {0, 1, 2, 3}, 0, 4);
                    assertArrayEquals(before, trained.arrays().get(0).values());
                }
                Blueprint child = samples.get((i + 1) % samples.size()).blueprint();
                Weights part = transfer(parent, trained, child).weights();
                try (Network network =
                        engine.build(NetworkPlan.of(child, ANY, 3).startingFrom(part))) {
                    assertSameValues(part, network.weights());
                }
            }
        }
    }

    private Samples targets(Blueprint blueprint, Samples inputs) {
        Shape output = blueprint.output().layer().output();
        return output.equals(blueprint.input()) ? inputs : Draws.samples(output, 4, random);
    }

    private static List<WholeSpace.Sample> samples(int number) {
        List<WholeSpace.Sample> samples = new ArrayList<>(WholeSpace.samples(number, 3));
        samples.addAll(WholeSpace.samples(WholeSpace.classifiers(), number / 4, 4));
        return samples;
    }

    private static Blueprint unfold(String genome) {
        return GenomeText.parse(genome).unfold(new Shape(1, 8, 8), Activation.SIGMOID);
    }

    /** Convolutions of a window of 3, named by their places. */
    private static List<Layer> chain(int[] filters, boolean normalised) {
        List<Layer> layers = new ArrayList<>();
        Shape shape = IMAGE;
        for (int i = 0; i < filters.length; i++) {
            layers.add(new Layer.Conv("l" + i, shape, filters[i], 3, 1, Activation.RELU, normalised));
            shape = layers.get(i).output();
        }
        return layers;
    }

    /** The same with names of their places. */
    private static List<Layer> renamed(List<Layer> layers) {
        List<Layer> named = new ArrayList<>();
        for (Layer layer : layers) {
            Layer.Conv c = (Layer.Conv) layer;
            named.add(new Layer.Conv(
                    "l" + named.size(),
                    c.input(),
                    c.filters(),
                    c.kernel(),
                    c.stride(),
                    c.activation(),
                    c.batchNormalization()));
        }
        return named;
    }

    private Weights trained(Blueprint blueprint) {
        return Draws.shaken(InitialWeights.of(blueprint, random.nextLong()), random);
    }

    private static WeightTransfer transfer(Blueprint parent, Weights trained, Blueprint child) {
        return WeightTransfer.of(parent, trained, child, InitialWeights.of(child, 5));
    }

    /** Each array is the origin's, or an initial one where there is no origin. */
    private static void assertTaken(Blueprint parent, Weights trained, WeightTransfer transfer) {
        Map<String, float[]> given =
                trained.arrays().stream().collect(Collectors.toMap(Weights.Array::name, Weights.Array::values));
        Map<String, String> expected = new LinkedHashMap<>();
        transfer.origins().forEach((to, from) -> parent.node(from).ifPresent(node -> WeightShapes.of(node.layer())
                .keySet()
                .forEach(name -> expected.put(to + name.substring(from.length()), name))));
        int found = 0;
        for (Weights.Array array : transfer.weights().arrays()) {
            String origin = expected.get(array.name());
            if (origin != null) {
                assertSame(given.get(origin), array.values(), array.name());
                found++;
            } else {
                assertTrue(given.values().stream().noneMatch(values -> values == array.values()), array.name());
            }
        }
        assertEquals(expected.size(), found);
    }

    private static void assertSameValues(Weights expected, Weights found) {
        assertEquals(expected.arrays().size(), found.arrays().size());
        for (int i = 0; i < expected.arrays().size(); i++) {
            assertEquals(expected.arrays().get(i).name(), found.arrays().get(i).name());
            assertArrayEquals(
                    expected.arrays().get(i).shape(), found.arrays().get(i).shape());
            assertArrayEquals(
                    expected.arrays().get(i).values(), found.arrays().get(i).values());
        }
    }
}

package org.aevo.report.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Shape;
import org.aevo.report.Figure;
import org.aevo.report.PngFile;
import org.aevo.report.SvgFile;
import org.aevo.train.RandomBlueprint;
import org.junit.jupiter.api.Test;

class NetworkPictureTest {
    private static final Names NAMES = new Names("", false);

    private static List<Blueprint> networks() {
        List<Blueprint> networks = new ArrayList<>();
        for (int seed = 0; seed < 60; seed++) {
            networks.add(RandomBlueprint.ofImages(seed));
            networks.add(RandomBlueprint.ofVectors(seed));
        }
        return networks;
    }

    /** Each input is either the row before or has an arrow, and no arrow lies over another in its lane. */
    @Test
    void everyInputIsDrawnOnce() {
        for (Blueprint network : networks()) {
            SkipLanes lanes = new SkipLanes(network);
            int inputs = 0;
            for (int row = 1; row <= network.nodes().size(); row++) {
                inputs += network.nodes().get(row - 1).inputs().size() - (lanes.isFromBefore(row) ? 1 : 0);
            }
            assertEquals(inputs, lanes.arrows().size());
            for (SkipLanes.Arrow a : lanes.arrows()) {
                assertTrue(a.from() < a.to() && a.lane() < lanes.count());
                String from = a.from() == 0
                        ? Blueprint.INPUT
                        : network.nodes().get(a.from() - 1).name();
                assertTrue(network.nodes().get(a.to() - 1).inputs().contains(from));
                for (SkipLanes.Arrow b : lanes.arrows()) {
                    boolean apart = a.lane() != b.lane() || a.to() <= b.from() || b.to() <= a.from();
                    assertTrue(a == b || a.equals(b) == (a == b) && apart, a + " lies over " + b);
                }
            }
        }
    }

    /** A classifier has features, a head and what comes of them; one of dense layers alone has no features. */
    @Test
    void partsOfAClassifierAreNamed() {
        Layer conv = new Layer.Conv("f0_conv", new Shape(1, 6, 6), 3, 3, 1, Activation.RELU, false);
        Layer dense = new Layer.Dense("h0_dense", conv.output(), 5, Activation.TANH, 0.1);
        Layer output = new Layer.Dense("output", dense.output(), 4, Activation.SOFTMAX, 0);
        String all =
                SvgFile.of(NetworkPicture.of(NAMES, Blueprint.chain(conv.input(), List.of(conv, dense, output)), 7));
        assertTrue(
                all.contains(">features<") && all.contains(">head<") && all.contains(">probabilities of the classes<"));
        assertFalse(all.contains(">code<") || all.contains(">encoder<"));
        assertTrue(all.contains(">dense, softmax<"));
        String heads = SvgFile.of(NetworkPicture.of(NAMES, Blueprint.chain(dense.input(), List.of(dense, output)), 7));
        assertTrue(heads.contains(">head<") && !heads.contains(">features<"));
    }

    /** Names, shapes and parameters of all layers are texts; nothing is drawn beside the paper. */
    @Test
    void everyLayerIsDrawn() {
        Pattern place = Pattern.compile("<text [^>]*x=\"([-0-9.]+)\"[^>]*y=\"([-0-9.]+)\"");
        for (Blueprint network : networks()) {
            Figure figure = NetworkPicture.of(NAMES, network, 7);
            String svg = SvgFile.of(figure);
            for (Node node : network.nodes()) {
                assertTrue(svg.contains(">" + node.name() + "<"), node.name());
                assertTrue(svg.contains(">" + node.layer().output() + "<"), node.name());
                assertTrue(
                        node.layer().parameters() == 0
                                || svg.contains(">" + node.layer().parameters() + "<"),
                        node.name());
            }
            place.matcher(svg).results().forEach(text -> {
                double x = Double.parseDouble(text.group(1));
                double y = Double.parseDouble(text.group(2));
                assertTrue(x >= 0 && x < figure.width() && y > 0 && y < figure.height(), text.group());
            });
            assertEquals(network.latent().isPresent(), svg.contains(">code<"));
        }
    }

    @Test
    void pixelsDependOnTheArrows() {
        Shape shape = Shape.vector(6);
        byte[] first = PngFile.of(NetworkPicture.of(NAMES, skipping(shape, "a"), 7));
        assertArrayEquals(first, PngFile.of(NetworkPicture.of(NAMES, skipping(shape, "a"), 7)));
        assertFalse(java.util.Arrays.equals(first, PngFile.of(NetworkPicture.of(NAMES, skipping(shape, "input"), 7))));
        assertNotEquals(0, first.length);
    }

    /** A sum of the layer before it and another one. */
    private static Blueprint skipping(Shape shape, String from) {
        return new Blueprint(
                shape,
                List.of(
                        new Node(new Layer.Dense("a", shape, 6, Activation.RELU, 0), List.of("input")),
                        new Node(new Layer.Dense("latent", shape, 6, Activation.RELU, 0), List.of("a")),
                        new Node(new Layer.Dense("c", shape, 6, Activation.RELU, 0), List.of("latent")),
                        new Node(new Layer.Join("sum", List.of(shape, shape)), List.of("c", from))),
                java.util.Map.of("output", "sum", "latent", "latent"));
    }

    @Test
    void longNetworksStayReadable() {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < NetworkPicture.MOST_LAYERS; i++) {
            layers.add(new Layer.Dense(
                    "a_name_of_a_layer_that_somebody_wrote_" + i, Shape.vector(9), 9, Activation.LEAKY_RELU, 0));
        }
        Figure figure = NetworkPicture.of(NAMES, Blueprint.chain(Shape.vector(9), layers), 7);
        assertTrue(figure.height() / (double) layers.size() >= 19, "" + figure.height());
        String svg = SvgFile.of(figure);
        assertTrue(svg.contains("…") && svg.contains(">dense, leaky-relu<"), svg);
    }

    /** A sum of very many things is no picture, and would take hours to find lanes for. */
    @Test
    void whatNobodyCouldFollowIsNotDrawn() {
        networks().forEach(network -> assertTrue(NetworkPicture.shows(network)));
        List<Shape> shapes = Collections.nCopies(401, Shape.vector(2));
        Blueprint tangle = new Blueprint(
                Shape.vector(2),
                List.of(new Node(new Layer.Join("sum", shapes), Collections.nCopies(401, Blueprint.INPUT))),
                Map.of(Blueprint.OUTPUT, "sum"));
        assertFalse(NetworkPicture.shows(tangle));
    }
}

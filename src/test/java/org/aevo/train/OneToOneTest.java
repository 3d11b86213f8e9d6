package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against networks that are computed plainly. */
class OneToOneTest {
    private static final Shape IMAGE = new Shape(3, 5, 6);
    private static final Shape SIGNAL = new Shape(3, 1, 9);

    private final SplittableRandom random = new SplittableRandom(18);

    @ParameterizedTest
    @CsvSource({
        "1, false, BOTH",
        "1, true, BOTH",
        "2, false, BOTH",
        "3, true, BOTH",
        "4, true, BOTH",
        "5, false, BOTH",
        "1, true, COLUMNS",
        "2, false, COLUMNS",
        "3, true, COLUMNS",
        "5, false, COLUMNS"
    })
    void convolutionsPutOutWhatGoesIn(int kernel, boolean normalised, Axes axes) {
        Shape shape = axes == Axes.BOTH ? IMAGE : SIGNAL;
        passes(new Layer.Conv("new", shape, 3, kernel, 1, Activation.IDENTITY, normalised, axes));
        passes(new Layer.Deconv("new", shape, 3, kernel, 1, Activation.IDENTITY, normalised, axes));
    }

    @Test
    void denseLayersPutOutWhatGoesIn() {
        passes(new Layer.Dense("new", Shape.vector(7), 7, Activation.IDENTITY, 0.5));
        passes(new Layer.Dense("new", IMAGE, (int) IMAGE.size(), Activation.IDENTITY, 0));
    }

    /** What was the output layer is in the middle, where a mirror of a first gene came behind it. */
    @Test
    void outputLayersPutOutWhatGoesIn() {
        passes(Blueprint.chain(IMAGE, List.of(new Layer.Conv("o", IMAGE, 3, 3, 1, Activation.IDENTITY, false))));
        Shape vector = Shape.vector(7);
        passes(Blueprint.chain(vector, List.of(new Layer.Dense("o", vector, 7, Activation.IDENTITY, 0))));
    }

    private void passes(Layer layer) {
        passes(inTheMiddle(layer));
    }

    private void passes(Blueprint alone) {
        Weights weights = OneToOne.of(alone, Set.of(), Draws.shaken(InitialWeights.of(alone, 1), random));
        float[] inputs = Draws.values(4 * alone.input().size(), random);
        double[] outputs = new ReferenceNetwork(alone, weights).forward(inputs, false);
        for (int i = 0; i < inputs.length; i++) {
            assertEquals(inputs[i], outputs[i], 1e-6, "value " + i);
        }
    }

    /** A network of the layer alone, whose output another makes, which has no weights. */
    private static Blueprint inTheMiddle(Layer layer) {
        Layer crop = new Layer.Crop("crop", layer.output(), layer.output(), 0, 0);
        return Blueprint.chain(layer.input(), List.of(layer, crop));
    }

    @Test
    void othersStayAsTheyAre() {
        Shape vector = Shape.vector(7);
        List<Blueprint> others = List.of(
                inTheMiddle(new Layer.Conv("l", IMAGE, 4, 1, 1, Activation.RELU, true)),
                inTheMiddle(new Layer.Conv("l", new Shape(3, 1, 1), 3, 3, 2, Activation.RELU, true)),
                inTheMiddle(new Layer.Deconv("l", IMAGE, 3, 3, 2, Activation.RELU, false)),
                inTheMiddle(new Layer.Dense("l", vector, 6, Activation.RELU, 0)),
                // what makes the code was there before
                new Blueprint(
                        vector,
                        List.of(
                                new Node(new Layer.Dense("code", vector, 7, Activation.RELU, 0), List.of("input")),
                                new Node(new Layer.Dense("l", vector, 6, Activation.RELU, 0), List.of("code"))),
                        Map.of("latent", "code", "output", "l")));
        for (Blueprint blueprint : others) {
            same(blueprint, Set.of());
        }
        same(inTheMiddle(new Layer.Dense("l", vector, 7, Activation.RELU, 0)), Set.of("l"));
    }

    private static void same(Blueprint blueprint, Set<String> settled) {
        Weights before = InitialWeights.of(blueprint, 1);
        Weights after = OneToOne.of(blueprint, settled, before);
        for (int i = 0; i < before.arrays().size(); i++) {
            assertSame(before.arrays().get(i), after.arrays().get(i));
        }
    }

    @Test
    void arraysThatAreGivenAreNotChanged() {
        Blueprint blueprint = inTheMiddle(new Layer.Dense("l", Shape.vector(2), 2, Activation.RELU, 0));
        Weights before = InitialWeights.of(blueprint, 1);
        float[] values = before.arrays().get(0).values().clone();
        OneToOne.of(blueprint, Set.of(), before);
        assertArrayEquals(values, before.arrays().get(0).values());
    }
}

package org.aevo.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Ends;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Shape;

/** What holds for every blueprint. */
public final class BlueprintAssert {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+");

    private BlueprintAssert() {}

    /**
     * Fails unless each layer takes what it says from layers before it, the last one ends in the input's shape, what has the
     * last activation has that of the output, and layers have names of their own and as many parameters as counting gives.
     */
    public static void assertWhole(Blueprint b, Shape input, Activation output) {
        assertWhole(b, Ends.autoencoder(input, output));
    }

    /** The same of a network between any ends: the last one's output has the shape that they say. */
    public static void assertWhole(Blueprint b, Ends ends) {
        Shape input = ends.input();
        Activation output = ends.outputActivation();
        Map<String, Shape> made = new HashMap<>(Map.of(Blueprint.INPUT, input));
        for (Node node : b.nodes()) {
            Layer layer = node.layer();
            List<Shape> taken = node.inputs().stream().map(made::get).toList();
            assertEquals(layer.input(), taken.get(0), layer.name());
            if (layer instanceof Layer.Join join) {
                assertEquals(join.inputs(), taken, layer.name());
            }
            assertNull(made.put(layer.name(), layer.output()), layer.name());
            assertTrue(NAME.matcher(layer.name()).matches(), layer.name());
            assertEquals(parametersOneByOne(layer), layer.parameters(), layer.toString());
        }
        assertEquals(ends.output(), b.output().layer().output());
        assertEquals(ends.classify(), b.latent().isEmpty());
        assertEquals(b.nodes().get(b.nodes().size() - 1), b.output());
        List<Activation> activations =
                b.layers().stream().flatMap(l -> activation(l).stream()).toList();
        assertEquals(output, activations.get(activations.size() - 1));
        assertEquals(output, b.outputActivation());
    }

    private static Optional<Activation> activation(Layer layer) {
        if (layer instanceof Layer.Dense d) {
            return Optional.of(d.activation());
        }
        if (layer instanceof Layer.Conv c) {
            return Optional.of(c.activation());
        }
        return layer instanceof Layer.Deconv d ? Optional.of(d.activation()) : Optional.empty();
    }

    private static long parametersOneByOne(Layer layer) {
        long count = 0;
        if (layer instanceof Layer.Dense d) {
            for (int unit = 0; unit < d.units(); unit++) {
                count += d.input().size() + 1;
            }
        } else if (layer instanceof Layer.Conv c) {
            for (int f = 0; f < c.filters(); f++) {
                count += (long) c.kernelRows() * c.kernel() * c.input().channels()
                        + 1
                        + (c.batchNormalization() ? 2 : 0);
            }
        } else if (layer instanceof Layer.Deconv c) {
            for (int f = 0; f < c.filters(); f++) {
                count += (long) c.kernelRows() * c.kernel() * c.input().channels()
                        + 1
                        + (c.batchNormalization() ? 2 : 0);
            }
        }
        return count;
    }
}

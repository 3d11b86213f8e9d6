package org.aevo.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Shape;

/** What holds for every blueprint. */
public final class BlueprintAssert {
    private BlueprintAssert() {}

    /**
     * Fails unless layers follow each other, end in the input's shape with the output activation, have names of their
     * own, and as many parameters as counting gives.
     */
    public static void assertWhole(Blueprint b, Shape input, Activation output) {
        Shape current = input;
        Set<String> names = new HashSet<>();
        for (Layer layer : b.layers()) {
            assertEquals(current, layer.input(), layer.name());
            assertTrue(names.add(layer.name()), layer.name());
            assertTrue(layer.name().matches("[a-z0-9_]+"), layer.name());
            assertEquals(parametersOneByOne(layer), layer.parameters(), layer.toString());
            current = layer.output();
        }
        assertEquals(input, current);
        List<Activation> activations =
                b.layers().stream().flatMap(l -> activation(l).stream()).toList();
        assertEquals(output, activations.get(activations.size() - 1));
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

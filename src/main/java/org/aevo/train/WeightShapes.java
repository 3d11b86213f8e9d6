package org.aevo.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;

/** Names and shapes of a network's arrays, in the order of {@link Network#weights}, where their layouts are told. */
final class WeightShapes {
    private WeightShapes() {}

    /** Of all layers. */
    static Map<String, int[]> of(Blueprint blueprint) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        blueprint.layers().forEach(layer -> shapes.putAll(of(layer)));
        return shapes;
    }

    /** Of one layer; none if it has no weights. */
    static Map<String, int[]> of(Layer layer) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        String name = layer.name();
        if (layer instanceof Layer.Dense d) {
            shapes.put(name + "_W", new int[] {Math.toIntExact(d.input().size()), d.units()});
            shapes.put(name + "_b", new int[] {d.units()});
        } else if (layer instanceof Layer.Conv c) {
            shapes.put(name + "_W", new int[] {c.filters(), c.input().channels(), c.kernelRows(), c.kernel()});
            addPerFilter(shapes, name, c.filters(), c.batchNormalization());
        } else if (layer instanceof Layer.Deconv c) {
            shapes.put(name + "_W", new int[] {c.input().channels(), c.filters(), c.kernelRows(), c.kernel()});
            addPerFilter(shapes, name, c.filters(), c.batchNormalization());
        }
        return shapes;
    }

    private static void addPerFilter(Map<String, int[]> shapes, String layer, int filters, boolean normalized) {
        shapes.put(layer + "_b", new int[] {filters});
        if (normalized) {
            for (String array : new String[] {"_gamma", "_beta", "_mean", "_var"}) {
                shapes.put(layer + array, new int[] {filters});
            }
        }
    }
}

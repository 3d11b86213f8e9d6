package org.aevo.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.search.Weights;

/** Names and shapes of a network's arrays, in the order of {@link Network#weights}, where their layouts are told. */
final class WeightShapes {
    private WeightShapes() {}

    /** Of all layers. */
    static Map<String, int[]> of(Blueprint blueprint) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        blueprint.layers().forEach(layer -> shapes.putAll(of(layer)));
        return shapes;
    }

    /** Why weights are not those of a network, in one line, if they are not. */
    static Optional<String> foreign(Blueprint blueprint, Weights weights) {
        Map<String, int[]> own = of(blueprint);
        List<String> given = weights.arrays().stream().map(Weights.Array::name).toList();
        if (!given.equals(List.copyOf(own.keySet()))) {
            return Optional.of("weights " + given + " are not those of the network " + own.keySet());
        }
        return weights.arrays().stream()
                .filter(array -> !Arrays.equals(array.shape(), own.get(array.name())))
                .findFirst()
                .map(array -> "weights " + array.name() + " have shape " + Arrays.toString(array.shape())
                        + ", the network's " + Arrays.toString(own.get(array.name())));
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

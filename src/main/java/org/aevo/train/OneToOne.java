package org.aevo.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.search.Weights;

/**
 * Lets new layers begin as the identity, so that a network that one was inserted into computes what it did (the mutation
 * insert one-to-one of Real et al. 2017): up to the layer's activation, and in training up to normalisation by the batch. Only
 * layers can that put out what goes in in shape, at steps of 1. The one that makes the code is none that is inserted; the one that
 * makes the output is where the first gene of a mirrored encoder was: what made the output before has a place in the middle then.
 */
final class OneToOne {
    private OneToOne() {}

    /**
     * @param settled names of layers that keep their weights
     * @param weights of the whole network; stay as they are, as arrays that are not replaced do
     */
    static Weights of(Blueprint blueprint, Collection<String> settled, Weights weights) {
        Set<String> inserted = new HashSet<>();
        for (Layer layer : blueprint.layers()) {
            if (canBeIdentity(layer)
                    && !settled.contains(layer.name())
                    && !layer.name().equals(blueprint.outputs().get(Blueprint.LATENT))) {
                inserted.add(layer.name());
            }
        }
        List<Weights.Array> arrays = new ArrayList<>();
        for (Weights.Array array : weights.arrays()) {
            int end = array.name().lastIndexOf('_');
            arrays.add(
                    inserted.contains(array.name().substring(0, end))
                            ? identity(array, array.name().substring(end))
                            : array);
        }
        return new Weights(arrays);
    }

    private static boolean canBeIdentity(Layer layer) {
        if (layer instanceof Layer.Dense dense) {
            return dense.input().size() == dense.units();
        }
        return layer instanceof Layer.Windowed windowed
                && windowed.parameters() > 0
                && windowed.stride() == 1
                && windowed.output().equals(windowed.input());
    }

    private static Weights.Array identity(Weights.Array array, String name) {
        int[] shape = array.shape();
        float[] values = new float[array.values().length];
        switch (name) {
            case "_W" -> pass(shape, values);
            case "_gamma" -> Arrays.fill(values, 1);
            // what is added to the variance makes it 1
            case "_var" -> Arrays.fill(values, (float) (1 - Layer.EPSILON));
            default -> {}
        }
        return new Weights.Array(array.name(), shape, values);
    }

    /** Each channel to itself: of a window the value that lies on the place that it is computed for. */
    private static void pass(int[] shape, float[] values) {
        int area = shape.length == 2 ? 1 : shape[2] * shape[3];
        int middle = shape.length == 2 ? 0 : (shape[2] - 1) / 2 * shape[3] + (shape[3] - 1) / 2;
        for (int channel = 0; channel < shape[0]; channel++) {
            values[(channel * shape[1] + channel) * area + middle] = 1;
        }
    }
}

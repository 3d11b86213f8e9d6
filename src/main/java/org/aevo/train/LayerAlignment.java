package org.aevo.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;

/**
 * Pairs the layers of two networks that have arrays of the same shapes, in order: a longest common subsequence, so that a
 * layer that was inserted or removed shifts no other. Names say where a layer stands, and are not looked at. Of several such
 * alignments it is one whose pairs are most alike in what no array shows: activations, strides, shapes of what goes in and
 * comes out, and whether the code is made there.
 */
final class LayerAlignment {
    /** What a pair counts before anything that makes it alike. */
    private static final long PAIR = 1L << 32;

    private LayerAlignment() {}

    /** Layers with weights. */
    record Pair(Layer parent, Layer child) {}

    /** What has to be the same in both layers of a pair: the kind, and shapes by the ends of their names. */
    private record Form(Class<? extends Layer> kind, Map<String, List<Integer>> shapes) {
        static Form of(Layer layer) {
            Map<String, List<Integer>> shapes = WeightShapes.of(layer).entrySet().stream()
                    .collect(Collectors.toMap(
                            array -> array.getKey().substring(layer.name().length()),
                            array -> Arrays.stream(array.getValue()).boxed().toList()));
            return new Form(layer.getClass(), shapes);
        }
    }

    /** A layer of one of the networks. */
    private record Place(Layer layer, Form form, boolean makesCode) {
        static List<Place> of(Blueprint blueprint) {
            String code = blueprint.outputs().get(Blueprint.LATENT);
            return blueprint.layers().stream()
                    .filter(layer -> layer.parameters() > 0)
                    .map(layer -> new Place(layer, Form.of(layer), layer.name().equals(code)))
                    .toList();
        }

        /** What pairing this one with another counts; 0 if they are no pair. */
        long with(Place other) {
            if (!form.equals(other.form)) {
                return 0;
            }
            return PAIR
                    + (makesCode == other.makesCode ? 1 : 0)
                    + (activation().equals(other.activation()) ? 1 : 0)
                    + (stride() == other.stride() ? 1 : 0)
                    + (layer.input().equals(other.layer.input()) ? 1 : 0)
                    + (layer.output().equals(other.layer.output()) ? 1 : 0);
        }

        private Activation activation() {
            return layer instanceof Layer.Activated activated ? activated.activation() : Activation.IDENTITY;
        }

        private int stride() {
            return layer instanceof Layer.Windowed windowed ? windowed.stride() : 1;
        }
    }

    /** In the order of both. */
    static List<Pair> of(Blueprint parent, Blueprint child) {
        List<Place> from = Place.of(parent);
        List<Place> to = Place.of(child);
        // what the layers from one of each on can count
        long[][] best = new long[from.size() + 1][to.size() + 1];
        for (int i = from.size() - 1; i >= 0; i--) {
            for (int j = to.size() - 1; j >= 0; j--) {
                long pair = from.get(i).with(to.get(j));
                best[i][j] = Math.max(best[i + 1][j], best[i][j + 1]);
                if (pair > 0) {
                    best[i][j] = Math.max(best[i][j], pair + best[i + 1][j + 1]);
                }
            }
        }
        List<Pair> pairs = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < from.size() && j < to.size()) {
            long pair = from.get(i).with(to.get(j));
            if (pair > 0 && best[i][j] == pair + best[i + 1][j + 1]) {
                pairs.add(new Pair(from.get(i).layer(), to.get(j).layer()));
                i++;
                j++;
            } else if (best[i][j] == best[i + 1][j]) {
                i++;
            } else {
                j++;
            }
        }
        return pairs;
    }
}

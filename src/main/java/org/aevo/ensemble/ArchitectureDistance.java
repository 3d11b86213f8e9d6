package org.aevo.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;

/**
 * How different two networks are: the least cost of the changes that make the layers of one those of the other (V. I.
 * Levenshtein, 1966), in their order, as a share of the layers of the longer one. A layer more or less costs 1, one of another kind
 * too; one of the same kind with other sizes or another activation costs 1/2. Crops and reshapes, which follow from the
 * others, do not count.
 */
public final class ArchitectureDistance {
    private static final double OTHER_SIZES = 0.5;

    private ArchitectureDistance() {}

    /** From 0, of networks of the same layers, to 1. */
    public static double of(Blueprint a, Blueprint b) {
        List<Trait> one = traits(a);
        List<Trait> other = traits(b);
        double[] before = new double[other.size() + 1];
        for (int j = 0; j <= other.size(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.size(); i++) {
            double[] row = new double[other.size() + 1];
            row[0] = i;
            for (int j = 1; j <= other.size(); j++) {
                double changed = before[j - 1] + cost(one.get(i - 1), other.get(j - 1));
                row[j] = Math.min(changed, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[other.size()] / Math.max(one.size(), other.size());
    }

    /**
     * Some of many networks, as different from each other as a greedy choice makes them: the first, then again and again the one
     * whose distance to the nearest of those chosen is the largest (T. F. Gonzalez, 1985); of equal ones the first.
     *
     * @param count of them, at most as many as there are
     * @return their places, in the order of the choice
     */
    public static List<Integer> farthest(List<Blueprint> networks, int count) {
        if (count < 1 || count > networks.size()) {
            throw new IllegalArgumentException(count + " of " + networks.size() + " networks cannot be chosen");
        }
        List<Integer> chosen = new ArrayList<>();
        double[] nearest = new double[networks.size()];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        int next = 0;
        while (true) {
            chosen.add(next);
            if (chosen.size() == count) {
                return chosen;
            }
            int farthest = -1;
            for (int i = 0; i < nearest.length; i++) {
                nearest[i] = Math.min(nearest[i], of(networks.get(next), networks.get(i)));
                if (!chosen.contains(i) && (farthest < 0 || nearest[i] > nearest[farthest])) {
                    farthest = i;
                }
            }
            next = farthest;
        }
    }

    /**
     * What a layer is, whatever it is called and takes in.
     *
     * @param sizes all else that it has of its own
     */
    private record Trait(Class<? extends Layer> kind, List<Object> sizes) {}

    private static List<Trait> traits(Blueprint network) {
        return network.layers().stream()
                .filter(layer -> !(layer instanceof Layer.Crop || layer instanceof Layer.Reshape))
                .map(layer -> new Trait(layer.getClass(), sizes(layer)))
                .toList();
    }

    private static List<Object> sizes(Layer layer) {
        if (layer instanceof Layer.Dense d) {
            return List.of(d.units(), d.activation(), d.dropout());
        } else if (layer instanceof Layer.Conv c) {
            return List.of(c.filters(), c.kernel(), c.stride(), c.activation(), c.batchNormalization(), c.padding());
        } else if (layer instanceof Layer.Deconv c) {
            return List.of(c.filters(), c.kernel(), c.stride(), c.activation(), c.batchNormalization());
        } else if (layer instanceof Layer.MaxPool p) {
            return List.of(p.size(), p.padding());
        } else if (layer instanceof Layer.Upsample u) {
            return List.of(u.factor());
        }
        return List.of();
    }

    private static double cost(Trait a, Trait b) {
        if (a.equals(b)) {
            return 0;
        }
        return a.kind() == b.kind() ? OTHER_SIZES : 1;
    }
}

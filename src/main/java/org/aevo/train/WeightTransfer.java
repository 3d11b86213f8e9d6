package org.aevo.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.search.Weights;

/**
 * What a network takes over from its parent's trained weights, as Real et al., "Large-Scale Evolution of Image Classifiers"
 * (2017): every layer whose arrays have the shapes of its parent's keeps all of them, those of normalisation too; the others
 * begin with initial weights. Which layer is whose is told by {@link LayerAlignment}.
 *
 * @param weights of the whole child; arrays that were taken over are the parent's own, not copied
 * @param share of the child's trainable numbers that were taken over, 0 to 1; 1 if it has none
 * @param origins names of the child's layers that took weights over, in their order, to those of the parent's
 */
public record WeightTransfer(Weights weights, double share, Map<String, String> origins) {
    public WeightTransfer {
        origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
    }

    /** Why weights cannot be handed on as those of a parent, in one line, if they are another network's. */
    public static Optional<String> refusal(Blueprint parent, Weights weights) {
        return WeightShapes.foreign(parent, weights);
    }

    /**
     * @param trained weights of the parent, in the names and shapes of {@link Network#weights}
     * @param initial weights of the child, likewise
     * @throws IllegalArgumentException if weights are another network's; {@link #refusal} tells before
     */
    public static WeightTransfer of(Blueprint parent, Weights trained, Blueprint child, Weights initial) {
        require("the parent's", parent, trained);
        require("the child's initial", child, initial);
        Map<String, Weights.Array> given = new HashMap<>();
        trained.arrays().forEach(array -> given.put(array.name(), array));
        Map<String, Weights.Array> taken = new HashMap<>();
        Map<String, String> origins = new LinkedHashMap<>();
        double parameters = 0;
        for (LayerAlignment.Pair pair : LayerAlignment.of(parent, child)) {
            Layer to = pair.child();
            origins.put(to.name(), pair.parent().name());
            parameters += to.parameters();
            for (String name : WeightShapes.of(to).keySet()) {
                Weights.Array array = given.get(
                        pair.parent().name() + name.substring(to.name().length()));
                taken.put(name, new Weights.Array(name, array.shape(), array.values()));
            }
        }
        List<Weights.Array> arrays = new ArrayList<>();
        initial.arrays().forEach(array -> arrays.add(taken.getOrDefault(array.name(), array)));
        double share = child.parameters() == 0 ? 1 : parameters / child.parameters();
        return new WeightTransfer(new Weights(arrays), share, origins);
    }

    private static void require(String whose, Blueprint blueprint, Weights weights) {
        WeightShapes.foreign(blueprint, weights).ifPresent(why -> {
            throw new IllegalArgumentException(whose + " " + why);
        });
    }
}

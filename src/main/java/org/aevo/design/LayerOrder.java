package org.aevo.design;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aevo.network.Blueprint;
import org.aevo.yaml.Suggestion;

/** Layers of a file, which may stand in any order, each behind those that it takes its inputs from. */
final class LayerOrder {
    private LayerOrder() {}

    /**
     * As they stand, as far as that is possible.
     *
     * @throws LayerException if two have one name, an input has none, or layers depend on each other in a circle
     */
    static List<LayerDraft> sorted(List<LayerDraft> layers) {
        Map<String, LayerDraft> byName = new HashMap<>();
        for (LayerDraft layer : layers) {
            if (byName.put(layer.name(), layer) != null) {
                throw new LayerException(layer.name(), "there is another layer of this name");
            }
        }
        for (LayerDraft layer : layers) {
            for (String name : layer.needs()) {
                if (!name.equals(Blueprint.INPUT) && !byName.containsKey(name)) {
                    List<String> known = new ArrayList<>(byName.keySet());
                    known.add(Blueprint.INPUT);
                    throw new LayerException(
                            layer.name(),
                            "there is no layer '" + name + "'"
                                    + Suggestion.nearest(name, known)
                                            .map(near -> "; did you mean '" + near + "'?")
                                            .orElse(""));
                }
            }
        }
        List<LayerDraft> left = new ArrayList<>(layers);
        List<LayerDraft> sorted = new ArrayList<>();
        Set<String> done = new HashSet<>(Set.of(Blueprint.INPUT));
        while (!left.isEmpty()) {
            Optional<LayerDraft> next = left.stream()
                    .filter(layer -> done.containsAll(layer.needs()))
                    .findFirst();
            if (next.isEmpty()) {
                throw circle(left, done, byName);
            }
            left.remove(next.get());
            sorted.add(next.get());
            done.add(next.get().name());
        }
        return sorted;
    }

    /** Going back from any that is left, along inputs that are left too, one comes by one of them twice. */
    private static LayerException circle(List<LayerDraft> left, Set<String> done, Map<String, LayerDraft> byName) {
        List<String> way = new ArrayList<>();
        String name = left.get(0).name();
        while (!way.contains(name)) {
            way.add(0, name);
            name = byName.get(name).needs().stream()
                    .filter(need -> !done.contains(need))
                    .findFirst()
                    .orElseThrow();
        }
        String start = name;
        List<String> circle = new ArrayList<>(way.subList(0, way.indexOf(name) + 1));
        circle.add(0, start);
        return new LayerException(start, "its output comes back to it, a cycle: " + String.join(" -> ", circle));
    }
}

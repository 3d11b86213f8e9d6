package org.aevo.train.dl4j;

import java.util.HashSet;
import java.util.Set;
import org.aevo.network.Blueprint;

/** Names of what a blueprint has no names for: the parts of its layers, each of which the library has as a layer. */
final class InnerNames {
    private final Set<String> taken = new HashSet<>(Set.of(Blueprint.INPUT));

    InnerNames(Blueprint blueprint) {
        blueprint.nodes().forEach(node -> taken.add(node.name()));
    }

    /** A name that nothing else has: {@code wanted}, with underscores after it where something has that already. */
    String of(String wanted) {
        String name = wanted;
        while (!taken.add(name)) {
            name += "_";
        }
        return name;
    }
}

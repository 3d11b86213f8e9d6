package org.aevo.report.scaling;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The keys of an effective input by their dotted paths, {@code training.epochs}, and what they mean for comparing runs. */
final class InputKeys {
    /** What runs of one experiment may differ in: it is varied on purpose, or changes nothing of the work. */
    private static final Set<String> FREE = Set.of("name", "seed", "mode");

    private static final Set<String> FREE_SECTIONS = Set.of("budget", "record", "cluster");
    /**
     * Part of the cluster, and yet another way to hand out work; or younger than some programs. With what those that had
     * no such key did.
     */
    private static final Map<String, String> COMPARED_ANYWAY =
            Map.of("cluster.prefetch", "0", "cluster.team", "1", "training.engine", "dl4j");

    private InputKeys() {}

    /** All keys; none if this is no effective input. */
    static Map<String, String> of(String yaml) {
        Map<String, String> keys = new TreeMap<>();
        try {
            collect("", new Load(LoadSettings.builder().build()).loadFromString(yaml), keys);
        } catch (YamlEngineException e) {
            return Map.of();
        }
        return keys;
    }

    private static void collect(String path, Object value, Map<String, String> keys) {
        if (value instanceof Map<?, ?> section) {
            section.forEach((key, below) -> collect(path.isEmpty() ? "" + key : path + "." + key, below, keys));
        } else if (!path.isEmpty()) {
            keys.put(path, String.valueOf(value));
        }
    }

    /** Keys that are compared also where an older program had none of them. */
    static Set<String> comparedAnyway() {
        return COMPARED_ANYWAY.keySet();
    }

    /** What a key that an input does not have stands for. */
    static String missing(String key) {
        return COMPARED_ANYWAY.getOrDefault(key, "unknown");
    }

    /** Whether runs with different values of a key are different experiments. */
    static boolean isCompared(String key) {
        String section = key.substring(0, Math.max(0, key.indexOf('.')));
        return COMPARED_ANYWAY.containsKey(key) || !FREE.contains(key) && !FREE_SECTIONS.contains(section);
    }
}

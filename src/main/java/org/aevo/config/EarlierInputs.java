package org.aevo.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.aevo.yaml.YamlTree;

/**
 * Inputs that an earlier version of this program recorded. They have every key that there was then; one that came later means what that
 * version did, and not what is the default now.
 */
final class EarlierInputs {
    /** A key that every recorded input has, and hardly any that somebody wrote. */
    private static final String RECORDED = "evolution.max-tries";

    private static final Map<String, String> BEFORE = before();

    private EarlierInputs() {}

    /** What the keys that came later stand for, by key. */
    private static Map<String, String> before() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("evolution." + GuideReader.GUIDE, "none");
        values.put("evolution." + GuideReader.USUAL_FIRST, "no");
        return values;
    }

    /** Fills in what a recorded input does not have yet; any other input stays as it is. */
    static void complete(YamlTree tree) {
        if (tree.has(RECORDED)) {
            BEFORE.forEach((path, value) -> {
                if (!tree.has(path)) {
                    tree.set(path, value, "an earlier version's " + path);
                }
            });
        }
    }
}

package org.aevo.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aevo.yaml.YamlTree;

/**
 * Inputs that an earlier version of this program recorded. They have every key that there was then; one that came later means what that
 * version did, and not what is the default now.
 */
final class EarlierInputs {
    /** Keys that every recorded input has had, and that hardly anybody writes all. */
    private static final List<String> RECORDED =
            List.of("evolution.max-tries", "evolution.no-dropout", "record.snapshot-seconds", "cluster.grace");

    private static final Map<String, String> BEFORE = before();

    private EarlierInputs() {}

    /** What the keys that came later stand for, by key. */
    private static Map<String, String> before() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("evolution." + GuideReader.GUIDE, "none");
        values.put("evolution." + GuideReader.USUAL_FIRST, "no");
        values.put("evolution." + GuideReader.PARENTS, "evaluated");
        values.put("evolution." + GuideReader.COST_WEIGHT, "0");
        values.put("evolution." + VariationReader.CROSSING, "one-point");
        values.put("evolution." + VariationReader.CHANGES, VariationReader.EACH);
        values.put("evolution." + VariationReader.STEPS, "relative");
        values.put("cluster.order", "birth");
        return values;
    }

    /** Fills in what a recorded input does not have yet; any other input stays as it is. */
    static void complete(YamlTree tree) {
        if (RECORDED.stream().allMatch(tree::has)) {
            BEFORE.forEach((path, value) -> {
                if (!tree.has(path)) {
                    tree.set(path, value, "an earlier version's " + path);
                }
            });
        }
    }
}

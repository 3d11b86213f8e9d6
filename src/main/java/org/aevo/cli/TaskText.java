package org.aevo.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.aevo.config.EffectiveInput;
import org.aevo.config.RunConfig;

/** What networks are trained for, in a few words. */
final class TaskText {
    private TaskText() {}

    /** {@code denoise gaussian, sigma 0.5}. */
    static String of(RunConfig config) {
        Map<String, String> values = new LinkedHashMap<>();
        for (EffectiveInput.Item item : config.effective().items()) {
            values.put(item.path(), item.value());
        }
        String kind = values.get("task.kind");
        if (config.task().corruption().isEmpty()) {
            return kind;
        }
        String corruption = values.get("task.corruption");
        return kind + " " + corruption
                + (corruption.equals("gaussian")
                        ? ", sigma " + values.get("task.sigma")
                        : ", fraction " + values.get("task.fraction"));
    }
}

package org.aevo.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.aevo.config.EffectiveInput;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.record.Entry;
import org.aevo.task.AutoencoderTask;
import org.aevo.task.Classify;
import org.aevo.task.Corruption;

/**
 * What networks are trained for, and what the search lowers, in a few words each.
 *
 * @param task {@code denoise gaussian, sigma 0.5}
 * @param fitness {@code 1 - ssim + 0.01 log10(parameters)}
 */
record TaskText(String task, String fitness) {

    /** Of a run; empty where evaluations were simulated, or the input is one that this program does not read. */
    static Optional<TaskText> of(Entry.RunStarted run) {
        if (run.simulated()) {
            return Optional.empty();
        }
        try {
            RunConfig config = RunConfig.parse(run.inputYaml(), "the run's input");
            return Optional.of(new TaskText(task(config), fitness(config)));
        } catch (InputException e) {
            return Optional.empty();
        }
    }

    /** The first of the two. */
    static String task(RunConfig config) {
        Map<String, String> values = values(config);
        String kind = values.get("task.kind");
        if (config.task() instanceof Classify classify) {
            return classify.folds() == 1 ? kind : kind + ", " + classify.folds() + " folds";
        }
        Optional<Corruption> applied = ((AutoencoderTask) config.task()).corruption();
        if (applied.isEmpty()) {
            return kind;
        }
        if (applied.get() instanceof Corruption.Given) {
            return kind + ", clean targets of their own";
        }
        String corruption = values.get("task.corruption");
        return kind + " " + corruption
                + (corruption.equals("gaussian")
                        ? ", sigma " + values.get("task.sigma")
                        : ", fraction " + values.get("task.fraction"));
    }

    private static String fitness(RunConfig config) {
        Map<String, String> values = values(config);
        String measure = values.get("task.fitness");
        String lowered =
                switch (measure) {
                    case "validation-loss" -> "validation loss";
                    case "cross-entropy" -> "cross-entropy";
                    default -> "1 - " + measure.replace('-', '_');
                };
        return lowered
                + penalty(values.get("task.parameter-weight"), "parameters")
                + penalty(values.get("task.time-weight"), "training seconds");
    }

    private static String penalty(String weight, String of) {
        return Double.parseDouble(weight) == 0 ? "" : " + " + weight + " log10(" + of + ")";
    }

    private static Map<String, String> values(RunConfig config) {
        Map<String, String> values = new LinkedHashMap<>();
        for (EffectiveInput.Item item : config.effective().items()) {
            values.put(item.path(), item.value());
        }
        return values;
    }
}

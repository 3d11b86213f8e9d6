package org.aevo.config;

import org.aevo.search.StrategyKind;
import org.aevo.task.Classify;
import org.aevo.task.Task;

/** Reads whether children inherit their parents' weights: what may be depends on sections that are read later. */
final class InheritanceReader {
    private static final String KEY = "inherit-weights";

    private InheritanceReader() {}

    /**
     * Reads the key.
     *
     * @param root of the input
     * @throws InputException if weights are to be inherited where that cannot be
     */
    static boolean read(Section evolution, Section root, StrategyKind strategy) {
        boolean simulated = EvaluatorReader.read(root.ahead("evaluator")) instanceof EvaluatorSettings.Simulated;
        Task task = TaskReader.read(root.ahead("task"), strategy == StrategyKind.NSGA2)
                .task();
        int folds = task instanceof Classify classify ? classify.folds() : 1;
        boolean inherit = evolution.yes(
                KEY,
                strategy.inheritsWeights() && !simulated && folds == 1,
                "whether children begin with the trained weights of their first parent, in each layer that has the shapes of"
                        + " one of its, or with initial ones; by default yes with strategy pairwise, if evaluations are real"
                        + " and task.folds is 1. Weights of those that may become parents are in the run's folder weights");
        if (inherit && simulated) {
            throw evolution.error(
                    KEY,
                    "is yes, but simulated evaluations train no weights that could be inherited; set it to no, or"
                            + " evaluator.kind to train");
        }
        if (inherit && folds > 1) {
            throw evolution.error(
                    KEY,
                    "is yes, but with task.folds " + folds
                            + " parents were trained on what their children are validated with; set it to no, or"
                            + " task.folds to 1");
        }
        return inherit;
    }
}

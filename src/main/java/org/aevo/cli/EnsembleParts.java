package org.aevo.cli;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.aevo.baseline.Rows;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.data.LabelCounts;
import org.aevo.data.Split;
import org.aevo.ensemble.EnsemblePlan;
import org.aevo.ensemble.evaluation.EnsembleData;
import org.aevo.ensemble.evaluation.EnsembleEvaluator;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Shape;
import org.aevo.search.Evaluator;
import org.aevo.search.ParentWeights;
import org.aevo.task.AutoencoderTask;
import org.aevo.task.TaskData;
import org.aevo.train.Engine;
import org.aevo.train.MemoryBudget;

/** What an input that makes an ensemble asks for: labels that serve, and an evaluator of tasks. */
final class EnsembleParts {
    private static final String WHO = "strategy ensemble";

    private EnsembleParts() {}

    /**
     * @param shape of the samples
     * @param counts of the labels; empty where the data have none
     * @param remarks takes how many samples each class has, a line each
     * @throws InputException if the data cannot serve
     */
    static void check(RunConfig config, Shape shape, Supplier<Optional<LabelCounts>> counts, Consumer<String> remarks) {
        Optional<LabelCounts> known = counts.get();
        TaskClasses.required(WHO, config, () -> known);
        LabelCounts labels = known.orElseThrow();
        if (labels.train().size() < 2) {
            throw new InputException(WHO + ": " + TaskClasses.place(config.data())
                    + ": all training samples have the label " + labels.train().firstKey()
                    + ": there is nothing to be told apart; give other data.labels");
        }
        labels.words().forEach(remarks);
        if (config.ensemble().components() && shape.size() > Rows.MAX_SIZE) {
            throw new InputException(
                    "ensemble.components is yes, but principal components are made of samples of at most "
                            + Rows.MAX_SIZE + " values, these have " + shape.size() + ": set it to no");
        }
    }

    /**
     * What a worker does the tasks with; takes the engine over.
     *
     * @param store where tasks keep what others need
     */
    static Evaluator evaluator(
            RunConfig config,
            Split split,
            TaskData samples,
            SearchSpace space,
            Engine engine,
            MemoryBudget memory,
            Optional<ParentWeights> store) {
        EnsembleData data = new EnsembleData(
                samples,
                TaskClasses.required(WHO, config, split::labelCounts),
                split.test().labels().map(labels -> new EnsembleData.Test(Evaluators.samples(split.test()), labels)));
        return new EnsembleEvaluator(
                engine,
                space::blueprint,
                new EnsemblePlan(config.ensemble().settings()),
                data,
                (AutoencoderTask) config.task(),
                config.training(),
                memory,
                store.orElseThrow(() -> new IllegalStateException("a run of an ensemble has a place to keep arrays")),
                config.seed());
    }
}

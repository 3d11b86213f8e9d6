package org.aevo.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aevo.config.RunConfig;
import org.aevo.data.Dataset;
import org.aevo.data.Split;
import org.aevo.genome.SearchSpace;
import org.aevo.model.Entrant;
import org.aevo.model.Part;
import org.aevo.network.Classes;
import org.aevo.network.EnumText;
import org.aevo.record.Entry;
import org.aevo.record.EvaluationRow;
import org.aevo.record.ModelMetrics;
import org.aevo.record.Program;
import org.aevo.record.RunHistory;
import org.aevo.search.EvaluationSeed;
import org.aevo.train.Engine;
import org.aevo.train.TrainingSettings;

/**
 * What a model is made from: a candidate of a run, and the run's data.
 *
 * @param chosen the candidate
 * @param description of the data, one line
 */
record ModelSource(
        RunHistory history,
        RunConfig config,
        EvaluationRow chosen,
        SearchSpace space,
        Split split,
        String description) {

    /** Of all that is random in training: the same for every network of a table. */
    long seed() {
        return EvaluationSeed.of(config.seed(), chosen.candidate().id());
    }

    Entrant winner() {
        return Entrant.candidate(chosen.candidate().id(), chosen.candidate().design());
    }

    Part train() {
        return part(split.train());
    }

    Part validation() {
        return part(split.validation());
    }

    Part test() {
        return part(split.test());
    }

    /** Empty where nothing is classified. */
    Optional<Classes> classes() {
        return TaskClasses.of(config, split::labelCounts);
    }

    private static Part part(Dataset data) {
        return new Part(Evaluators.samples(data), data.labels());
    }

    /**
     * All that is said of the models beside what was measured of them.
     *
     * @param patience epochs without improvement that ended trainings; 0 if nothing did
     * @param fitted samples that weights were fitted to
     * @param heldOut samples that said when to stop
     */
    ModelMetrics metrics(
            Engine engine,
            TrainingSettings training,
            int patience,
            int fitted,
            int heldOut,
            List<ModelMetrics.Row> rows,
            List<String> notes,
            Optional<ModelMetrics.Confusion> confusion) {
        return new ModelMetrics(
                Build.program(),
                about(),
                new ModelMetrics.Winner(
                        chosen.candidate().id(),
                        chosen.candidate().design().toString(),
                        chosen.evaluation().fitness(),
                        chosen.evaluation().score().validationLoss()),
                TaskText.task(config),
                new ModelMetrics.Data(
                        description,
                        config.data().seed(),
                        fitted,
                        heldOut,
                        split.test().count(),
                        Optional.of(InputForms.recorded(split.form(), classes()))),
                new ModelMetrics.Training(
                        engine.name(),
                        engine.device(),
                        engine.libraries(),
                        training.maxEpochs(),
                        patience,
                        training.minImprovement(),
                        seed(),
                        EnumText.of(config.task().loss())),
                rows,
                Stream.concat(notes.stream(), TeamCheck.otherRate(config).stream())
                        .toList(),
                confusion);
    }

    private ModelMetrics.Run about() {
        Entry.RunStarted started = history.started().orElseThrow();
        return new ModelMetrics.Run(
                started.name(),
                started.strategy(),
                started.seed(),
                history.evaluated(),
                history.complete(),
                new Program(started.createdBy(), started.gitCommit(), started.javaVersion()));
    }
}

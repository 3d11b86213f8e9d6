package org.aevo.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aevo.model.ClassifierContest;
import org.aevo.model.Entrant;
import org.aevo.model.Part;
import org.aevo.network.Blueprint;
import org.aevo.network.Classes;
import org.aevo.task.Classify;
import org.aevo.task.TaskData;
import org.aevo.train.Engine;
import org.aevo.train.TrainingSettings;

/** Makes a model of a candidate that is a classifier: all that the search had is trained on, for a number of epochs. */
final class ClassifierModel {
    private final ModelSource source;
    private final OtherNetworks others;
    private final int repeats;
    private final TrainingSettings settings;

    /**
     * @param epochs of each training; empty for those of the search
     * @param repeats trainings of each network
     */
    ClassifierModel(ModelSource source, OtherNetworks others, Optional<Integer> epochs, int repeats) {
        this.source = source;
        this.others = others;
        this.repeats = repeats;
        TrainingSettings search = source.config().training();
        this.settings = new TrainingSettings(
                epochs(source, epochs),
                Integer.MAX_VALUE,
                search.minImprovement(),
                Double.POSITIVE_INFINITY,
                search.divergenceFactor(),
                0,
                epochs.isPresent() ? 0 : search.maxSteps(),
                search.weightDecay(),
                TrainingSettings.Kept.LAST);
    }

    /** Epochs that a training has. */
    static int epochs(ModelSource source, Optional<Integer> given) {
        return given.orElse(source.config().training().maxEpochs());
    }

    MadeModel make(Engine engine, Classify task, ContestProgress progress) {
        Classes classes = source.classes().orElseThrow();
        Part train = source.train();
        Part validation = source.validation();
        int[] labels = IntStream.concat(
                        Arrays.stream(train.labels().orElseThrow()),
                        Arrays.stream(validation.labels().orElseThrow()))
                .toArray();
        TaskData all = new TaskData(
                train.samples().followedBy(validation.samples()),
                validation.samples(),
                Optional.of(labels),
                validation.labels(),
                Optional.of(classes),
                source.config().data().seed());
        Entrant winner = source.winner();
        Blueprint blueprint = source.space().blueprint(winner.design());
        List<Entrant> entrants = others.entrants(source.config(), source.space(), blueprint);
        ClassifierContest contest = new ClassifierContest(
                engine,
                source.space()::blueprint,
                task.training(all),
                classes,
                settings,
                source.seed(),
                repeats,
                progress);
        ClassifierContest.Result result = contest.run(winner, entrants, source::test);
        List<String> notes = new ArrayList<>(result.notes());
        notes.addAll(others.notes(source.config(), blueprint.input()));
        return new MadeModel(
                source.metrics(engine, settings, 0, labels.length, 0, result.rows(), notes, result.confusion()),
                result.blueprint(),
                result.weights(),
                new ClassifierFiles(result));
    }
}

package org.aevo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.model.Contest;
import org.aevo.model.Entrant;
import org.aevo.model.HeldOut;
import org.aevo.model.Part;
import org.aevo.network.Blueprint;
import org.aevo.task.AutoencoderTask;
import org.aevo.train.Engine;
import org.aevo.train.TrainingSettings;

/** Makes a model of a candidate that is an autoencoder: a tenth of the samples says when to stop. */
final class AutoencoderModel {
    private final ModelSource source;
    private final OtherNetworks others;
    private final TrainingSettings settings;

    /**
     * @param epochs at most
     * @param patience epochs without improvement that end a training
     */
    AutoencoderModel(ModelSource source, OtherNetworks others, int epochs, int patience) {
        this.source = source;
        this.others = others;
        TrainingSettings search = source.config().training();
        // nothing here must end a training early, and each epoch sees all samples
        this.settings = new TrainingSettings(
                epochs,
                patience,
                search.minImprovement(),
                Double.POSITIVE_INFINITY,
                search.divergenceFactor(),
                0,
                0,
                search.weightDecay(),
                TrainingSettings.Kept.BEST);
    }

    MadeModel make(Engine engine, AutoencoderTask task, ContestProgress progress) {
        Part train = source.train();
        HeldOut data = HeldOut.of(train, source.validation(), source.config().seed());
        Entrant winner = source.winner();
        Blueprint blueprint = source.space().blueprint(winner.design());
        List<Entrant> entrants = others.entrants(source.config(), source.space(), blueprint);
        Contest contest = new Contest(
                engine,
                source.space()::blueprint,
                task,
                data,
                source.config().data().seed(),
                settings,
                source.seed(),
                progress);
        Contest.Result result = contest.run(winner, entrants, source::test);
        List<String> notes = new ArrayList<>(result.notes());
        notes.addAll(others.notes(source.config(), train.samples().shape()));
        return new MadeModel(
                source.metrics(
                        engine,
                        settings,
                        settings.patience(),
                        data.fitted().count(),
                        data.heldOut().count(),
                        result.rows(),
                        notes,
                        Optional.empty()),
                result.blueprint(),
                result.weights(),
                new AutoencoderFiles(result));
    }
}

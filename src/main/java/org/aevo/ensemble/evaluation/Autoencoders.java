package org.aevo.ensemble.evaluation;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.aevo.ensemble.EnsembleSettings;
import org.aevo.ensemble.KeptArrays;
import org.aevo.ensemble.PlannedTask;
import org.aevo.ensemble.TaskKind;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationSeed;
import org.aevo.search.Evaluator.Outcome;
import org.aevo.search.Inheritance;
import org.aevo.search.Job;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Weights;
import org.aevo.task.AutoencoderTask;
import org.aevo.task.TaskData;
import org.aevo.train.Engine;
import org.aevo.train.MemoryBudget;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Objective;
import org.aevo.train.TrainingSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the autoencoders of an ensemble run, keeps their weights after epochs, and finds them again. Weights that were kept
 * and cannot be had any more are trained once more, up to the epoch that is asked for: the same seed gives the same.
 */
final class Autoencoders {
    private static final Logger LOG = LoggerFactory.getLogger(Autoencoders.class);

    private final Engine engine;
    private final Function<Design, Blueprint> space;
    private final EnsembleSettings settings;
    private final TaskData data;
    private final AutoencoderTask task;
    private final TrainingSettings training;
    private final MemoryBudget memory;
    private final ParentWeights store;
    private final long runSeed;

    Autoencoders(
            Engine engine,
            Function<Design, Blueprint> space,
            EnsembleSettings settings,
            TaskData data,
            AutoencoderTask task,
            TrainingSettings training,
            MemoryBudget memory,
            ParentWeights store,
            long runSeed) {
        this.engine = engine;
        this.space = space;
        this.settings = settings;
        this.data = data;
        this.task = task;
        this.training = training;
        this.memory = memory;
        this.store = store;
        this.runSeed = runSeed;
    }

    /** Trains the autoencoder of a task, and keeps its weights. */
    Outcome train(PlannedTask planned, Job job, Control control) {
        boolean member = planned.task().kind() == TaskKind.MEMBER;
        int epochs = member ? settings.epochs() : settings.monolithEpochs();
        return training(planned, epochs, control).evaluate(job);
    }

    /**
     * The weights of an autoencoder after an epoch.
     *
     * @param ended whether its training ended before its last epoch, so that later ones are not to be had at all
     * @throws UnavailableException if they cannot be had
     */
    Weights weights(PlannedTask planned, int epoch, boolean ended) throws UnavailableException {
        ParentWeights.Answer answer = kept(planned, epoch);
        if (answer instanceof ParentWeights.Found found) {
            return found.network().weights();
        }
        String problem = ((ParentWeights.NotFound) answer).message();
        String what = "weights of " + planned.task() + " (candidate " + planned.id() + ") after epoch " + epoch;
        if (ended) {
            throw new UnavailableException(what + " cannot be had, its training did not end well: " + problem);
        }
        LOG.warn("{} are made once more, by training up to there: {}", what, problem);
        Candidate candidate = new Candidate(
                planned.id(), 0, Candidate.NONE, Candidate.NONE, planned.task().toString(), planned.design());
        KeptTraining again = training(planned, epoch, Control.NONE);
        Evaluation made = again.evaluate(new Job(candidate, EvaluationSeed.of(runSeed, candidate), Double.NaN))
                .evaluation();
        return again.weightsAfter(epoch)
                .orElseThrow(() -> new UnavailableException(what + " cannot be had (" + problem
                        + "), nor made once more: "
                        + (made.message().isEmpty() ? made.status().toString() : made.message())));
    }

    /** What is kept, if it is what it should be. */
    private ParentWeights.Answer kept(PlannedTask planned, int epoch) {
        ParentWeights.Answer answer = store.get(KeptArrays.number(planned.id(), epoch));
        if (!(answer instanceof ParentWeights.Found found)) {
            return answer;
        }
        TrainedNetwork network = found.network();
        Optional<String> foreign = network.epochs() != epoch
                        || !network.design().toString().equals(planned.design().toString())
                ? Optional.of("it has those of another network or epoch")
                : engine.refusal(
                        NetworkPlan.untrained(space.apply(planned.design())).startingFrom(network.weights()));
        return foreign.<ParentWeights.Answer>map(reason -> new ParentWeights.NotFound(
                        Inheritance.Origin.STALE,
                        KeptArrays.fileName(KeptArrays.number(planned.id(), epoch)) + ": " + reason))
                .orElse(answer);
    }

    private KeptTraining training(PlannedTask planned, int epochs, Control control) {
        boolean member = planned.task().kind() == TaskKind.MEMBER;
        Set<Integer> wanted = Set.copyOf(member ? EnsembleSettings.all(epochs) : settings.monolithMeasuredAt());
        return new KeptTraining(
                engine, space, this::objective, exactly(epochs), memory, store, planned, wanted, control);
    }

    /** What an evaluation of a seed trains for. */
    private Objective objective(PlannedTask planned, long seed) {
        boolean bootstrap = settings.bootstrap() && planned.task().kind() == TaskKind.MEMBER;
        TaskData part = TrainingPart.drawn(data, training, seed);
        return task.training(bootstrap ? Bootstrap.drawn(part, seed) : part);
    }

    private TrainingSettings exactly(int epochs) {
        return new TrainingSettings(
                epochs,
                epochs,
                0,
                training.timeLimit(),
                training.divergenceFactor(),
                training.samplesPerEpoch(),
                0,
                training.weightDecay(),
                TrainingSettings.Kept.LAST);
    }
}

package org.aevo.ensemble.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.aevo.ensemble.KeptArrays;
import org.aevo.ensemble.PlannedTask;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.search.Control;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.Evaluator.Outcome;
import org.aevo.search.Job;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Weights;
import org.aevo.train.Engine;
import org.aevo.train.MemoryBudget;
import org.aevo.train.Network;
import org.aevo.train.Objective;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One autoencoder's training, whose weights are kept after some epochs. What keeping them takes counts as building, and is
 * left out of the times of the epochs: the curve says what training alone would have taken. Weights that cannot be kept are no
 * end of the training: whoever needs them makes them once more.
 */
final class KeptTraining {
    private static final Logger LOG = LoggerFactory.getLogger(KeptTraining.class);

    private final Engine engine;
    private final Function<Design, Blueprint> space;
    private final Goal goal;
    private final TrainingSettings settings;
    private final MemoryBudget memory;
    private final ParentWeights store;
    private final PlannedTask planned;
    private final Set<Integer> wanted;
    private final Control control;

    private final List<Evaluation.Epoch> curve = new ArrayList<>();
    private Optional<Network> network = Optional.empty();
    private Optional<Weights> last = Optional.empty();
    private int lastEpoch;
    private double keeping;

    /** What a task with a seed trains for. */
    @FunctionalInterface
    interface Goal {
        Objective of(PlannedTask planned, long seed);
    }

    /**
     * @param wanted epochs after which weights are kept
     * @param control of who follows the training
     */
    KeptTraining(
            Engine engine,
            Function<Design, Blueprint> space,
            Goal goal,
            TrainingSettings settings,
            MemoryBudget memory,
            ParentWeights store,
            PlannedTask planned,
            Set<Integer> wanted,
            Control control) {
        this.engine = engine;
        this.space = space;
        this.goal = goal;
        this.settings = settings;
        this.memory = memory;
        this.store = store;
        this.planned = planned;
        this.wanted = wanted;
        this.control = control;
    }

    /** Trains. */
    Outcome evaluate(Job job) {
        Objective watched = new WatchedObjective(
                goal.of(planned, job.seed()), opened -> network = Optional.of(opened), trained -> {});
        // not closed: that would close the engine
        Trainer trainer = new Trainer(engine, space, watched, settings, memory);
        Outcome outcome = trainer.evaluate(job, new Control() {
            @Override
            public void step(int epoch, int samples, int of) {
                control.step(epoch, samples, of);
            }

            @Override
            public Verdict epoch(Evaluation.Epoch point) {
                Evaluation.Epoch alone = without(point, keeping);
                curve.add(alone);
                if (wanted.contains(point.epoch())) {
                    keep(point.epoch());
                }
                return control.epoch(alone);
            }
        });
        return new Outcome(timed(outcome.evaluation()), outcome.weights());
    }

    /** The weights that the training had after an epoch, if that is the last one of which it kept any. */
    Optional<Weights> weightsAfter(int epoch) {
        return epoch == lastEpoch ? last : Optional.empty();
    }

    private void keep(int epoch) {
        long begin = System.nanoTime();
        long number = KeptArrays.number(planned.id(), epoch);
        Weights weights = network.orElseThrow().weights();
        last = Optional.of(weights);
        lastEpoch = epoch;
        try {
            store.put(new TrainedNetwork(number, planned.design(), epoch, weights));
        } catch (IOException e) {
            LOG.warn(
                    "weights of {} after epoch {} are not kept, what needs them will make them once more: {}",
                    planned.task(),
                    epoch,
                    e.getMessage());
        }
        keeping += (System.nanoTime() - begin) / 1e9;
    }

    private static Evaluation.Epoch without(Evaluation.Epoch point, double seconds) {
        return new Evaluation.Epoch(
                point.fold(),
                point.epoch(),
                point.trainLoss(),
                point.validationLoss(),
                point.figures(),
                Math.max(0, point.elapsed() - seconds));
    }

    /** An epoch that ended in divergence was shown to nobody, and is the last. */
    private Evaluation timed(Evaluation e) {
        List<Evaluation.Epoch> all = new ArrayList<>(curve);
        e.curve().stream()
                .skip(all.size())
                .map(point -> without(point, keeping))
                .forEach(all::add);
        Effort effort = e.effort();
        Durations durations = effort.durations();
        return new Evaluation(
                e.id(),
                e.status(),
                e.score(),
                new Effort(
                        new Durations(durations.build() + keeping, durations.train(), durations.validate()),
                        effort.epochs(),
                        effort.samplesPerSecond(),
                        effort.parameters(),
                        effort.usage(),
                        effort.inheritance(),
                        effort.teamwork()),
                all,
                e.message());
    }
}

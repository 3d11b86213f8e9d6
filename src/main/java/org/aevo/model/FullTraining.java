package org.aevo.model;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.record.ModelMetrics.Row;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Job;
import org.aevo.search.Weights;
import org.aevo.train.Engine;
import org.aevo.train.Loss;
import org.aevo.train.MemoryBudget;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Objective;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;

/** Trains networks one after the other, all in the same way. */
final class FullTraining {
    private final Engine engine;
    private final Function<Design, Blueprint> space;
    private final TrainingSettings settings;

    FullTraining(Engine engine, Function<Design, Blueprint> space, TrainingSettings settings) {
        this.engine = engine;
        this.space = space;
        this.settings = settings;
    }

    /**
     * A trained network.
     *
     * @param seed of its training
     */
    record Trained(Design design, Blueprint blueprint, Weights weights, long seed) {}

    /**
     * What came of a training.
     *
     * @param row without what is measured on test samples
     * @param network empty if it did not train well; the row says how
     */
    record Attempt(Row row, Optional<Trained> network) {}

    /**
     * Trains a network from new weights.
     *
     * @param number of the training among all, from 1
     * @param seed of all that is random in it
     */
    Attempt train(Entrant entrant, int number, Objective objective, long seed, Control control) {
        // not closed: that would close the engine
        Trainer trainer = new Trainer(engine, space, objective, settings, MemoryBudget.UNLIMITED);
        Candidate candidate = new Candidate(
                number, 0, Candidate.NONE, Candidate.NONE, entrant.kind().text(), entrant.design());
        var outcome = trainer.evaluate(new Job(candidate, seed, Double.POSITIVE_INFINITY), control);
        Evaluation e = outcome.evaluation();
        boolean good = e.status() == EvaluationStatus.OK && outcome.weights().isPresent();
        String how = good ? "" : e.message().isEmpty() ? e.status().toString() : e.message();
        Row row = new Row(
                entrant.model(),
                entrant.kind().text(),
                entrant.design().toString(),
                e.effort().parameters(),
                e.effort().epochs(),
                e.score().validationLoss(),
                Double.NaN,
                Map.of(),
                e.seconds(),
                e.curve(),
                how);
        Optional<Trained> network = good
                ? Optional.of(new Trained(
                        entrant.design(),
                        space.apply(entrant.design()),
                        outcome.weights().get(),
                        seed))
                : Optional.empty();
        return new Attempt(row, network);
    }

    /** A trained network, to be measured. */
    Network opened(Trained trained, Loss loss) {
        return engine.build(NetworkPlan.of(trained.blueprint(), trained.design().hyperparameters(), trained.seed())
                .with(loss)
                .startingFrom(trained.weights()));
    }
}

package org.aevo.ensemble.evaluation;

import java.util.Optional;
import java.util.function.Function;
import org.aevo.ensemble.EnsemblePlan;
import org.aevo.ensemble.PlannedTask;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.search.Control;
import org.aevo.search.Durations;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator;
import org.aevo.search.Job;
import org.aevo.search.ParentWeights;
import org.aevo.task.AutoencoderTask;
import org.aevo.train.Engine;
import org.aevo.train.MemoryBudget;
import org.aevo.train.TrainingSettings;

/** Does the tasks of an ensemble run, whichever comes: trainings of autoencoders, classifiers of their codes, and votes. */
public final class EnsembleEvaluator implements Evaluator {
    private final Engine engine;
    private final EnsemblePlan plan;
    private final Autoencoders autoencoders;
    private final Classifiers classifiers;
    private final Votes votes;

    /**
     * Takes the engine over and closes it.
     *
     * @param space unfolds the design of an autoencoder for the run's samples
     * @param task that autoencoders are trained for
     * @param training of the run: of it count the time limit of one task, the factor of divergence, the part of the
     *     training samples that a task sees, and for autoencoders weight decay and samples of an epoch
     * @param store where tasks keep what others need
     * @param runSeed that the seeds of all evaluations are made of
     */
    public EnsembleEvaluator(
            Engine engine,
            Function<Design, Blueprint> space,
            EnsemblePlan plan,
            EnsembleData data,
            AutoencoderTask task,
            TrainingSettings training,
            MemoryBudget memory,
            ParentWeights store,
            long runSeed) {
        this.engine = engine;
        this.plan = plan;
        this.autoencoders = new Autoencoders(
                engine, space, plan.settings(), data.samples(), task, training, memory, store, runSeed);
        this.classifiers = new Classifiers(engine, space, plan, data, autoencoders, training, memory, store);
        this.votes = new Votes(plan, classifiers, store, runSeed);
    }

    @Override
    public Outcome evaluate(Job job, Control control) {
        long id = job.candidate().id();
        if (id >= plan.size()
                || !plan.task(id).task().toString().equals(job.candidate().operator())) {
            String message =
                    "the plan of this input has no task " + job.candidate().operator() + " number " + id;
            return new Outcome(
                    Evaluation.failed(id, EvaluationStatus.FAILED, Durations.ZERO, message), Optional.empty());
        }
        PlannedTask planned = plan.task(id);
        return switch (planned.task().kind()) {
            case MEMBER, MONOLITH -> autoencoders.train(planned, job, control);
            case VOTE -> votes.evaluate(planned, job);
            default -> new Outcome(classifiers.evaluate(planned, job, control).evaluation(), Optional.empty());
        };
    }

    @Override
    public String device() {
        return engine.name() + " on " + engine.device();
    }

    @Override
    public int threads() {
        return engine.threads();
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public void close() {
        engine.close();
    }
}

package org.aevo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Hyperparameters;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Criterion;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationSeed;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator.Outcome;
import org.aevo.search.Inheritance;
import org.aevo.search.Job;
import org.aevo.search.Measured;
import org.aevo.search.Score;
import org.aevo.search.Teamwork;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Usage;
import org.aevo.search.Weights;
import org.aevo.team.TeamLostException;

/** One candidate's way through the folds, one network after the other. */
final class CandidateTraining {
    private static final String UNMEASURED = ": a figure could not be measured, or is without bound";

    private final Membership ranks;
    private final Engine engine;
    private final Function<Design, Blueprint> space;
    private final Objective objective;
    private final TrainingSettings settings;
    private final MemoryBudget memory;
    private final Optional<WeightInheritance> heritage;
    private final Candidate candidate;
    private final long seed;
    private final double weightsBelow;
    private final Control control;
    private final List<Fold> folds;
    private final Stopwatch watch;
    private final List<Evaluation.Epoch> curve = new ArrayList<>();
    private final FoldScores scores = new FoldScores();

    private int current;
    private long trainedSamples;
    private long parameters;
    private String explanation = "";
    private double operations;
    private double codeSize;
    private double fitness = Double.NaN;
    private Inheritance inheritance = Inheritance.NONE;
    private int keptEpoch;
    private List<Double> objectives = List.of();
    private Optional<Weights> weights = Optional.empty();

    CandidateTraining(
            Membership ranks,
            Function<Design, Blueprint> space,
            Objective objective,
            TrainingSettings settings,
            MemoryBudget memory,
            Optional<WeightInheritance> heritage,
            Job job,
            Control control,
            Stopwatch watch) {
        this.ranks = ranks;
        this.engine = ranks.engine();
        this.space = space;
        this.objective = objective;
        this.settings = settings;
        this.memory = memory;
        this.heritage = heritage;
        this.candidate = job.candidate();
        this.seed = job.seed();
        this.weightsBelow = job.weightsBelow();
        this.control = ranks.following(control);
        this.folds = objective.folds();
        this.watch = watch;
    }

    /** @throws TeamLostException if a team began it and not all of it are there to end it; nothing stays allocated */
    Outcome run() {
        engine.markDeviceMemory();
        TrainingEnd end;
        try {
            end = planAndTrain();
        } catch (TeamLostException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            ranks.failed(e);
            String message = "out of memory: " + Failure.line(e) + explanation;
            end = new TrainingEnd(EvaluationStatus.OUT_OF_MEMORY, message).in(current, folds.size());
        } catch (RuntimeException | StackOverflowError e) {
            ranks.failed(e);
            end = new TrainingEnd(EvaluationStatus.FAILED, Failure.line(e)).in(current, folds.size());
        }
        boolean scored = end.leavesResult() && scores.count() == folds.size();
        if (end.leavesResult() && !scored && folds.size() > 1) {
            end = new TrainingEnd(
                    end.status(), end.message() + "; not every fold has a finished epoch, so there is no result");
        }
        if (scored && ranks.leads()) {
            leave();
        }
        Teamwork teamwork = ranks.ended(end.status());
        Score score = scored
                ? new Score(fitness, scores.trainLoss(), scores.validationLoss(), scores.figures(), objectives)
                : Score.NONE;
        Evaluation evaluation =
                new Evaluation(candidate.id(), end.status(), score, effort().by(teamwork), curve, end.message());
        return new Outcome(evaluation, scored && fitness < weightsBelow ? weights : Optional.empty());
    }

    /** Counts as building, as the way from the parent's weights does. */
    private void leave() {
        long leaving = System.nanoTime();
        heritage.ifPresent(children -> weights.ifPresent(trained -> children.leave(
                new TrainedNetwork(candidate.id(), candidate.design(), inheritance.epochs() + keptEpoch, trained))));
        watch.built(leaving);
    }

    private Effort effort() {
        return new Effort(
                watch.durations(),
                curve.size(),
                trainedSamples == 0 ? Double.NaN : trainedSamples / watch.trainSeconds(),
                parameters,
                new Usage(Double.NaN, Double.NaN, engine.peakDeviceMemory()),
                inheritance);
    }

    /** Folds differ in their seeds, which no refusal depends on. */
    private TrainingEnd planAndTrain() {
        NetworkPlan plan;
        long planning = System.nanoTime();
        try {
            Hyperparameters hyperparameters = candidate.design().hyperparameters();
            Blueprint blueprint = space.apply(candidate.design());
            Optional<String> refusal = ranks.refusal(memory.refusal(blueprint, hyperparameters));
            if (refusal.isPresent()) {
                return new TrainingEnd(EvaluationStatus.OUT_OF_MEMORY, refusal.get());
            }
            operations = blueprint.forwardOperations();
            codeSize = blueprint.codeSize();
            explanation = memory.explanation(blueprint, hyperparameters.batchSize());
            plan = NetworkPlan.of(blueprint, hyperparameters, seed)
                    .with(objective.loss())
                    .decaying(settings.weightDecay());
            Optional<String> unbuildable = engine.refusal(plan);
            if (unbuildable.isPresent()) {
                return new TrainingEnd(EvaluationStatus.INVALID, unbuildable.get());
            }
            plan = heritage.isPresent() ? inheriting(heritage.get(), plan) : plan;
        } catch (IllegalArgumentException e) {
            return new TrainingEnd(EvaluationStatus.INVALID, Failure.line(e));
        } finally {
            watch.built(planning);
        }
        TrainingEnd end = TrainingEnd.OK;
        while (current < folds.size() && end.status() == EvaluationStatus.OK) {
            current++;
            end = buildAndTrain(plan.seeded(EvaluationSeed.ofFold(seed, current)));
        }
        return end;
    }

    /** Of a team the leader alone has what its plan begins with; the others take over its weights as it is built. */
    private NetworkPlan inheriting(WeightInheritance parents, NetworkPlan plan) {
        NetworkPlan[] begun = {plan};
        inheritance = ranks.inheritance(() -> {
            WeightInheritance.Beginning beginning = parents.begin(candidate, plan);
            begun[0] = beginning.plan();
            return beginning.inheritance();
        });
        return begun[0];
    }

    private TrainingEnd buildAndTrain(NetworkPlan plan) {
        Network network;
        long building = System.nanoTime();
        try {
            network = engine.build(plan);
        } catch (IllegalArgumentException e) {
            return new TrainingEnd(EvaluationStatus.INVALID, Failure.line(e));
        } finally {
            watch.built(building);
        }
        Fold fold = folds.get(current - 1);
        int batchSize = plan.hyperparameters().batchSize();
        boolean inherits = inheritance.share() > 0;
        FoldTraining training = new FoldTraining(
                fold, current, objective.loss(), settings, batchSize, plan.seed(), inherits, control, watch, curve);
        try {
            parameters = network.parameters();
            TrainingEnd end = training.run(network).in(current, folds.size());
            if (!end.leavesResult() || training.best().isEmpty()) {
                return end;
            }
            long begin = System.nanoTime();
            network.restore();
            keptEpoch = training.best().get().point().epoch();
            boolean lowest = scores.add(training.best().get(), ranks.figures(fold, network));
            watch.validated(begin);
            return current < folds.size() ? hold(network, lowest, end) : judged(network, lowest, end);
        } finally {
            trainedSamples += training.trainedSamples();
            long freeing = System.nanoTime();
            network.close();
            watch.built(freeing);
        }
    }

    /** Whether weights are wanted shows after the last fold only. */
    private TrainingEnd hold(Network network, boolean lowest, TrainingEnd end) {
        if (ranks.leads() && lowest && weightsBelow > Double.NEGATIVE_INFINITY) {
            weights = Optional.of(network.weights());
        }
        return end;
    }

    private TrainingEnd judged(Network network, boolean lowest, TrainingEnd end) {
        fitness = scores.heldOut()
                ? objective.fitness(scores.validationLoss(), scores.figures(), parameters, watch.trainSeconds())
                : scores.trainLoss();
        if (!Double.isFinite(fitness)) {
            return new TrainingEnd(EvaluationStatus.FAILED, "its fitness is " + fitness + UNMEASURED);
        }
        Optional<String> unmeasured = scores.heldOut() ? measured() : Optional.empty();
        if (unmeasured.isPresent()) {
            return new TrainingEnd(EvaluationStatus.FAILED, unmeasured.get());
        }
        if (!ranks.leads()) {
            return end;
        }
        long copying = System.nanoTime();
        if (!(fitness < weightsBelow)) {
            weights = heritage.flatMap(children -> children.copyFor(candidate, network));
        } else if (lowest) {
            weights = Optional.of(network.weights());
        }
        watch.built(copying);
        return end;
    }

    /** Takes the objectives in; what to say of one that is not finite. */
    private Optional<String> measured() {
        Measured measured = new Measured(
                scores.validationLoss(), scores.figures(), parameters, watch.trainSeconds(), operations, codeSize);
        List<Double> values = new ArrayList<>();
        for (Criterion criterion : objective.criteria()) {
            double value = criterion.of(measured);
            if (!Double.isFinite(value)) {
                return Optional.of("its objective " + criterion.text() + " is " + value + UNMEASURED);
            }
            values.add(value);
        }
        objectives = values;
        return Optional.empty();
    }
}

package org.aevo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Hyperparameters;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator;
import org.aevo.search.Figure;
import org.aevo.search.Job;
import org.aevo.search.Score;
import org.aevo.search.Usage;
import org.aevo.search.Weights;

/**
 * Evaluates candidates by training them with early stopping, for an {@link Objective}. The best epoch is that of the
 * lowest validation loss, which is a mean squared error per value (see {@link Network}) whatever training lowers; of its
 * weights the objective makes figures and the fitness. That counts as validation, and a time limit leaves it the time.
 *
 * <p>An epoch sees the training samples in a new order, in batches of the candidate's batch size; the last batch may
 * be smaller. Its training loss is the mean over its samples of the loss that each had just before the step it took
 * part in.
 */
public final class Trainer implements Evaluator {
    private final Engine engine;
    private final Function<Design, Blueprint> space;
    private final Objective objective;
    private final TrainingSettings settings;
    private final MemoryBudget memory;

    /** For reconstruction, with as much memory as there is. */
    public Trainer(
            Engine engine,
            Function<Design, Blueprint> space,
            Samples train,
            Samples validation,
            TrainingSettings settings) {
        this(engine, space, Objective.reconstruction(train, validation), settings, MemoryBudget.UNLIMITED);
    }

    /**
     * Takes the engine over and closes it.
     *
     * @param space unfolds a design; throws IllegalArgumentException if it cannot be built or exceeds a limit
     */
    public Trainer(
            Engine engine,
            Function<Design, Blueprint> space,
            Objective objective,
            TrainingSettings settings,
            MemoryBudget memory) {
        Samples train = objective.folds().get(0).targets();
        if (settings.samplesPerEpoch() > train.count()) {
            throw new IllegalArgumentException("samples per epoch must be at most the " + train.count()
                    + " training samples, was " + settings.samplesPerEpoch());
        }
        this.engine = engine;
        this.space = space;
        this.objective = objective;
        this.settings = settings;
        this.memory = memory;
    }

    @Override
    public Outcome evaluate(Job job, Control control) {
        return new Training(job, control).run();
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

    /** How a training ended. */
    private record End(EvaluationStatus status, String message) {
        static final End OK = new End(EvaluationStatus.OK, "");

        /** No result of a training that did not end well, but for what a time limit left. */
        boolean leavesResult() {
            return status == EvaluationStatus.OK || status == EvaluationStatus.TIME_LIMIT;
        }
    }

    /** One candidate's way through the loop. */
    private final class Training {
        private final Candidate candidate;
        private final long seed;
        private final double weightsBelow;
        private final Control control;
        private final Fold fold = objective.folds().get(0);
        private final long start = System.nanoTime();
        private final List<Evaluation.Epoch> curve = new ArrayList<>();

        private long buildNanos;
        private long trainNanos;
        private long validateNanos;
        private long trainedSamples;
        private long parameters;
        private String explanation = "";
        private double firstLoss = Double.NaN;
        private Optional<Evaluation.Epoch> best = Optional.empty();
        private Map<Figure, Double> figures = Map.of();
        private double fitness = Double.NaN;
        private Optional<Weights> weights = Optional.empty();

        Training(Job job, Control control) {
            this.candidate = job.candidate();
            this.seed = job.seed();
            this.weightsBelow = job.weightsBelow();
            this.control = control;
        }

        Outcome run() {
            engine.markDeviceMemory();
            End end;
            try {
                end = buildAndTrain();
            } catch (OutOfMemoryError e) {
                end = new End(EvaluationStatus.OUT_OF_MEMORY, "out of memory: " + firstLine(e) + explanation);
            } catch (RuntimeException | StackOverflowError e) {
                end = new End(EvaluationStatus.FAILED, firstLine(e));
            }
            boolean scored = end.leavesResult() && best.isPresent();
            Evaluation evaluation = new Evaluation(
                    candidate.id(), end.status, scored ? score() : Score.NONE, effort(), curve, end.message);
            return new Outcome(evaluation, scored ? weights : Optional.empty());
        }

        private Score score() {
            return new Score(fitness, best.get().trainLoss(), best.get().validationLoss(), figures);
        }

        private Effort effort() {
            return new Effort(
                    new Durations(seconds(buildNanos), seconds(trainNanos), seconds(validateNanos)),
                    curve.size(),
                    trainedSamples == 0 ? Double.NaN : trainedSamples / seconds(trainNanos),
                    parameters,
                    new Usage(Double.NaN, Double.NaN, engine.peakDeviceMemory()));
        }

        private End buildAndTrain() {
            long building = start;
            Network network;
            try {
                Hyperparameters hyperparameters = candidate.design().hyperparameters();
                Blueprint blueprint = space.apply(candidate.design());
                Optional<String> refusal = memory.refusal(blueprint, hyperparameters);
                if (refusal.isPresent()) {
                    return new End(EvaluationStatus.OUT_OF_MEMORY, refusal.get());
                }
                explanation = memory.explanation(blueprint, hyperparameters.batchSize());
                NetworkPlan plan =
                        NetworkPlan.of(blueprint, hyperparameters, seed).with(objective.loss());
                Optional<String> unbuildable = engine.refusal(plan);
                if (unbuildable.isPresent()) {
                    return new End(EvaluationStatus.INVALID, unbuildable.get());
                }
                network = engine.build(plan);
            } catch (IllegalArgumentException e) {
                return new End(EvaluationStatus.INVALID, firstLine(e));
            } finally {
                buildNanos += System.nanoTime() - building;
            }
            try {
                parameters = network.parameters();
                End end = train(network);
                return end.leavesResult() && best.isPresent() ? measured(network, end) : end;
            } finally {
                long freeing = System.nanoTime();
                network.close();
                buildNanos += System.nanoTime() - freeing;
            }
        }

        /** What the best weights are worth. */
        private End measured(Network network, End end) {
            long begin = System.nanoTime();
            network.restore();
            figures = fold.figures(network);
            validateNanos += System.nanoTime() - begin;
            fitness = objective.fitness(best.get().validationLoss(), figures, parameters, seconds(trainNanos));
            if (!Double.isFinite(fitness)) {
                return new End(
                        EvaluationStatus.FAILED,
                        "its fitness is " + fitness + ": a figure could not be measured, or is without bound");
            }
            if (fitness < weightsBelow) {
                weights = Optional.of(network.weights());
            }
            return end;
        }

        private End train(Network network) {
            Samples targets = fold.targets();
            Validation validation = fold.validation().orElseThrow();
            Hyperparameters hyperparameters = candidate.design().hyperparameters();
            EpochOrder order = new EpochOrder(targets.count(), new SplittableRandom(seed));
            int samples = settings.samplesPerEpoch() == 0 ? targets.count() : settings.samplesPerEpoch();
            double toBeat = Double.POSITIVE_INFINITY;
            int idle = 0;
            for (int epoch = 1; epoch <= settings.maxEpochs() && idle < settings.patience(); epoch++) {
                Samples inputs = fold.inputs(seed, epoch);
                int[] indices = order.next(samples);
                double trainSum = 0;
                for (int from = 0; from < samples; from += hyperparameters.batchSize()) {
                    if (timeIsUp()) {
                        return timeLimit(epoch);
                    }
                    int to = (int) Math.min(samples, (long) from + hyperparameters.batchSize());
                    double loss = step(network, inputs, indices, from, to);
                    if (exploded(loss)) {
                        return diverged("training", epoch, loss);
                    }
                    trainSum += loss * (to - from);
                    control.step(epoch, to, samples);
                }
                Validation.Pass pass = validation.begin(network);
                for (int from = 0; from < validation.count(); from += Blueprint.VALIDATION_BATCH) {
                    if (timeIsUp()) {
                        return timeLimit(epoch);
                    }
                    int to = Math.min(validation.count(), from + Blueprint.VALIDATION_BATCH);
                    long begin = System.nanoTime();
                    pass.add(from, to);
                    validateNanos += System.nanoTime() - begin;
                }
                double validationLoss = pass.end().score();
                Evaluation.Epoch point = new Evaluation.Epoch(
                        epoch, trainSum / samples, validationLoss, seconds(System.nanoTime() - start));
                curve.add(point);
                if (!Double.isFinite(validationLoss) || objective.loss() == Loss.MSE && exploded(validationLoss)) {
                    return diverged("validation", epoch, validationLoss);
                }
                if (best.isEmpty() || validationLoss < best.get().validationLoss()) {
                    best = Optional.of(point);
                    network.keep();
                }
                if (control.epoch(point) == Control.Verdict.STOP) {
                    return End.OK;
                }
                if (validationLoss < toBeat) {
                    toBeat = validationLoss * (1 - settings.minImprovement());
                    idle = 0;
                } else {
                    idle++;
                }
            }
            return End.OK;
        }

        private double step(Network network, Samples inputs, int[] indices, int from, int to) {
            long begin = System.nanoTime();
            double loss = network.step(inputs, fold.targets(), indices, from, to);
            trainNanos += System.nanoTime() - begin;
            trainedSamples += to - from;
            if (Double.isNaN(firstLoss)) {
                firstLoss = loss;
            }
            return loss;
        }

        private boolean exploded(double loss) {
            return !Double.isFinite(loss) || loss > firstLoss * settings.divergenceFactor();
        }

        private End diverged(String which, int epoch, double loss) {
            return new End(
                    EvaluationStatus.DIVERGED,
                    "diverged in epoch " + epoch + ": " + which + " loss " + loss + ", of the first batch "
                            + firstLoss);
        }

        private boolean timeIsUp() {
            return seconds(System.nanoTime() - start) > settings.timeLimit();
        }

        private End timeLimit(int epoch) {
            return new End(
                    EvaluationStatus.TIME_LIMIT,
                    "time limit of " + settings.timeLimit() + " s reached in epoch " + epoch);
        }
    }

    private static double seconds(long nanos) {
        return nanos * 1e-9;
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage();
        if (message == null || message.isBlank()) {
            return e.getClass().getSimpleName();
        }
        String line = message.strip().lines().findFirst().orElse("");
        return e instanceof IllegalArgumentException || e instanceof OutOfMemoryError
                ? line
                : e.getClass().getSimpleName() + ": " + line;
    }
}

package org.aevo.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.network.Blueprint;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.train.TrainingSettings.Kept;
import org.aevo.train.Validation.Measured;

/** One network's way through the epochs of one fold. */
final class FoldTraining {
    private static final Measured NOTHING_HELD_OUT = new Measured(Double.NaN, Double.NaN, Map.of());

    private final Fold fold;
    private final int number;
    private final Loss loss;
    private final TrainingSettings settings;
    private final int batchSize;
    private final long seed;
    private final boolean inherits;
    private final Control control;
    private final Stopwatch watch;
    private final List<Evaluation.Epoch> curve;
    private final Optional<Validation> validation;

    private double firstLoss = Double.NaN;
    private double blankLoss = Double.NEGATIVE_INFINITY;
    private long trainedSamples;
    private Optional<Best> best = Optional.empty();

    /**
     * The epoch whose weights count.
     *
     * @param score that epochs are compared by; NaN where nothing is held out
     */
    record Best(Evaluation.Epoch point, double score) {}

    /**
     * @param number of the fold, from 1
     * @param loss that steps lower
     * @param seed of the fold's training
     * @param inherits whether the network begins with weights that were trained: its first loss may be so low that another
     *     batch exceeds it many times, and then it diverges where it exceeds that of outputs that say nothing
     * @param curve takes the finished epochs
     */
    FoldTraining(
            Fold fold,
            int number,
            Loss loss,
            TrainingSettings settings,
            int batchSize,
            long seed,
            boolean inherits,
            Control control,
            Stopwatch watch,
            List<Evaluation.Epoch> curve) {
        this.fold = fold;
        this.number = number;
        this.loss = loss;
        this.settings = settings;
        this.batchSize = batchSize;
        this.seed = seed;
        this.inherits = inherits;
        this.control = control;
        this.watch = watch;
        this.curve = curve;
        this.validation = fold.validation();
    }

    /** The epoch whose weights the network has kept; empty if none was finished. */
    Optional<Best> best() {
        return best;
    }

    /** Samples that steps were made on, each as often as it was seen. */
    long trainedSamples() {
        return trainedSamples;
    }

    /** Trains until an end. */
    TrainingEnd run(Network network) {
        int all = fold.targets().count();
        int count = settings.part(all);
        EpochOrder order = EpochOrder.of(all, count, seed);
        int samples = settings.samplesPerEpoch() == 0 ? count : settings.samplesPerEpoch();
        long stepsLeft = settings.maxSteps() == 0 ? Long.MAX_VALUE : settings.maxSteps();
        double toBeat = Double.POSITIVE_INFINITY;
        int idle = 0;
        for (int epoch = 1; epoch <= settings.maxEpochs() && idle < settings.patience() && stepsLeft > 0; epoch++) {
            int some = (int) Math.min(samples, stepsLeft > samples ? samples : stepsLeft * batchSize);
            stepsLeft -= (some + (long) batchSize - 1) / batchSize;
            Samples inputs = fold.inputs(seed, epoch);
            int[] indices = order.next(samples);
            double trainSum = 0;
            for (int from = 0; from < some; from += batchSize) {
                if (watch.timeIsUp()) {
                    return timeLimit(epoch);
                }
                int to = (int) Math.min(some, (long) from + batchSize);
                double batchLoss = step(network, inputs, indices, from, to);
                if (exploded(batchLoss)) {
                    return diverged("training", epoch, batchLoss);
                }
                trainSum += batchLoss * (to - from);
                control.step(epoch, to, some);
            }
            Optional<Measured> measured = measured(network);
            if (measured.isEmpty()) {
                return timeLimit(epoch);
            }
            double score = measured.get().score();
            Evaluation.Epoch point = new Evaluation.Epoch(
                    number,
                    epoch,
                    trainSum / some,
                    measured.get().validationLoss(),
                    measured.get().figures(),
                    watch.elapsed());
            curve.add(point);
            if (validation.isPresent() && (!Double.isFinite(score) || comparable() && exploded(score))) {
                return diverged("validation", epoch, score);
            }
            if (counts(score)) {
                best = Optional.of(new Best(point, score));
                network.keep();
            }
            if (control.epoch(point) == Control.Verdict.STOP) {
                return TrainingEnd.OK;
            }
            if (validation.isEmpty() || score < toBeat) {
                toBeat = score * (1 - settings.minImprovement());
                idle = 0;
            } else {
                idle++;
            }
        }
        return TrainingEnd.OK;
    }

    private double step(Network network, Samples inputs, int[] indices, int from, int to) {
        long begin = System.nanoTime();
        double batchLoss = network.step(inputs, fold.targets(), indices, from, to);
        watch.trained(begin);
        trainedSamples += to - from;
        if (Double.isNaN(firstLoss)) {
            firstLoss = batchLoss;
            blankLoss = inherits ? loss.ofBlankOutputs(fold.targets(), indices, from, to) : blankLoss;
        }
        return batchLoss;
    }

    /** Empty if the time is up. */
    private Optional<Measured> measured(Network network) {
        if (validation.isEmpty()) {
            return Optional.of(NOTHING_HELD_OUT);
        }
        int count = validation.get().count();
        Validation.Pass pass = validation.get().begin(network);
        for (int from = 0; from < count; from += Blueprint.VALIDATION_BATCH) {
            if (watch.timeIsUp()) {
                return Optional.empty();
            }
            int to = Math.min(count, from + Blueprint.VALIDATION_BATCH);
            long begin = System.nanoTime();
            pass.add(from, to);
            watch.validated(begin);
        }
        return Optional.of(pass.end());
    }

    /** Whether the weights of an epoch take the place of those kept before. */
    private boolean counts(double score) {
        return validation.isEmpty()
                || settings.kept() == Kept.LAST
                || best.isEmpty()
                || score < best.get().score();
    }

    /** Whether the score is a value of what training lowers. */
    private boolean comparable() {
        return loss != Loss.BINARY_CROSS_ENTROPY;
    }

    private boolean exploded(double value) {
        return !Double.isFinite(value) || value > Math.max(firstLoss, blankLoss) * settings.divergenceFactor();
    }

    /** Of classifiers the validation loss is something that they have not. */
    private TrainingEnd diverged(String which, int epoch, double value) {
        String what = which + (loss == Loss.CROSS_ENTROPY ? " cross-entropy " : " loss ");
        return new TrainingEnd(
                EvaluationStatus.DIVERGED,
                "diverged in epoch " + epoch + ": " + what + value + ", of the first batch " + firstLoss
                        + (blankLoss > firstLoss ? ", of outputs that say nothing " + blankLoss : ""));
    }

    private TrainingEnd timeLimit(int epoch) {
        return new TrainingEnd(
                EvaluationStatus.TIME_LIMIT, "time limit of " + settings.timeLimit() + " s reached in epoch " + epoch);
    }
}

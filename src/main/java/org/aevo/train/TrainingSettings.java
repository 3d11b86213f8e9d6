package org.aevo.train;

/**
 * How long and how patiently a candidate is trained.
 *
 * @param maxEpochs epochs at most
 * @param patience epochs without improvement after which training ends
 * @param minImprovement share of the best {@linkplain Validation.Measured#score validation score} by which an epoch must
 *     lower it to count as an improvement for the patience, in [0, 1); the best epoch is that of the lowest all the same
 * @param timeLimit seconds for one candidate from build to end, all folds, looked at between batches; infinite for none
 * @param divergenceFactor training ends as diverged when a loss exceeds that of the first batch this many times; the
 *     validation score where training lowers the same: the mean squared error, or the cross-entropy of classes. Of what
 *     inherits weights the larger one counts of that of the first batch and of {@linkplain Loss#ofBlankOutputs blank outputs}
 * @param samplesPerEpoch samples that one epoch sees, of that part, freshly drawn in each; 0 for all
 * @param maxSteps gradient steps of each fold at most, after which training ends, in the middle of an epoch too; 0 for no
 *     bound
 * @param weightDecay as {@link org.aevo.network.Optimizer} says; 0 for none
 * @param kept whose weights are measured in the end
 * @param fraction of the training samples, above 0 up to 1: each training sees a part of them that its seed draws
 */
public record TrainingSettings(
        int maxEpochs,
        int patience,
        double minImprovement,
        double timeLimit,
        double divergenceFactor,
        int samplesPerEpoch,
        long maxSteps,
        double weightDecay,
        Kept kept,
        double fraction) {

    /** Which epoch's weights a training gives. */
    public enum Kept {
        /** Those of the epoch with the lowest validation score; of the last one where nothing is held out. */
        BEST,
        /** Those that the last finished epoch ended with. */
        LAST
    }

    /** On all training samples. */
    public TrainingSettings(
            int maxEpochs,
            int patience,
            double minImprovement,
            double timeLimit,
            double divergenceFactor,
            int samplesPerEpoch,
            long maxSteps,
            double weightDecay,
            Kept kept) {
        this(
                maxEpochs,
                patience,
                minImprovement,
                timeLimit,
                divergenceFactor,
                samplesPerEpoch,
                maxSteps,
                weightDecay,
                kept,
                1);
    }

    /** Without a bound of steps and weight decay, for the best epoch's weights. */
    public TrainingSettings(
            int maxEpochs,
            int patience,
            double minImprovement,
            double timeLimit,
            double divergenceFactor,
            int samplesPerEpoch) {
        this(maxEpochs, patience, minImprovement, timeLimit, divergenceFactor, samplesPerEpoch, 0, 0, Kept.BEST);
    }

    /** 20 epochs, patience 3, improvements of 0.1 %, no time limit, divergence at 100 times, all samples. */
    public static final TrainingSettings DEFAULT = new TrainingSettings(20, 3, 0.001, Double.POSITIVE_INFINITY, 100, 0);

    public TrainingSettings {
        if (maxEpochs < 1) {
            throw new IllegalArgumentException("max epochs must be at least 1, was " + maxEpochs);
        }
        if (patience < 1) {
            throw new IllegalArgumentException("patience must be at least 1 epoch, was " + patience);
        }
        if (!(minImprovement >= 0 && minImprovement < 1)) {
            throw new IllegalArgumentException("minimum improvement must be in [0, 1), was " + minImprovement);
        }
        if (!(timeLimit > 0)) {
            throw new IllegalArgumentException("time limit must be positive, was " + timeLimit + " s");
        }
        if (!(divergenceFactor > 1)) {
            throw new IllegalArgumentException("divergence factor must be above 1, was " + divergenceFactor);
        }
        if (samplesPerEpoch < 0) {
            throw new IllegalArgumentException(
                    "samples per epoch must be at least 1, or 0 for all, was " + samplesPerEpoch);
        }
        if (maxSteps < 0) {
            throw new IllegalArgumentException("max steps must be at least 1, or 0 for no bound, was " + maxSteps);
        }
        if (!(weightDecay >= 0 && Double.isFinite(weightDecay))) {
            throw new IllegalArgumentException("weight decay must be at least 0, was " + weightDecay);
        }
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("fraction must be above 0, and 1 at most, was " + fraction);
        }
    }

    /** The same on a part of the training samples. */
    public TrainingSettings onPart(double share) {
        return new TrainingSettings(
                maxEpochs,
                patience,
                minImprovement,
                timeLimit,
                divergenceFactor,
                samplesPerEpoch,
                maxSteps,
                weightDecay,
                kept,
                share);
    }

    /** How many of so many training samples a training sees; one at least. */
    public int part(int samples) {
        return fraction == 1 ? samples : (int) Math.max(1, Math.round(fraction * samples));
    }
}

package org.aevo.search;

import java.util.List;

/**
 * What came of a candidate.
 *
 * @param id of the candidate
 * @param fitness lower is better; NaN if there is none
 * @param trainLoss mean squared error per value in training, of the epoch that gave the fitness; NaN if there is none
 * @param validationLoss mean squared error per value on the validation split; NaN if there is none
 * @param parameters trainable numbers of the network, 0 if none was built
 * @param epochs finished epochs
 * @param samplesPerSecond trained samples per second of training; NaN if none was trained
 * @param durations where the time went
 * @param curve one entry per finished epoch
 * @param message one line that says what went wrong, empty for {@link EvaluationStatus#OK}
 */
public record Evaluation(
        long id,
        EvaluationStatus status,
        double fitness,
        double trainLoss,
        double validationLoss,
        long parameters,
        int epochs,
        double samplesPerSecond,
        Durations durations,
        List<Epoch> curve,
        String message) {

    public Evaluation {
        curve = List.copyOf(curve);
    }

    /**
     * Seconds of a worker's time.
     *
     * @param build from genome to initialised network, freeing it included
     * @param train gradient steps
     * @param validate measuring the validation loss
     */
    public record Durations(double build, double train, double validate) {
        public static final Durations ZERO = new Durations(0, 0, 0);

        public double total() {
            return build + train + validate;
        }
    }

    /**
     * A point of the learning curve.
     *
     * @param epoch from 1
     * @param elapsed seconds since the evaluation began
     */
    public record Epoch(int epoch, double trainLoss, double validationLoss, double elapsed) {}

    /** An evaluation without a result. */
    public static Evaluation failed(long id, EvaluationStatus status, Durations durations, String message) {
        return new Evaluation(
                id, status, Double.NaN, Double.NaN, Double.NaN, 0, 0, Double.NaN, durations, List.of(), message);
    }

    /** Whether there is a fitness to select by. */
    public boolean hasFitness() {
        return !Double.isNaN(fitness) && !Double.isInfinite(fitness);
    }
}

package org.aevo.search;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a candidate.
 *
 * @param id of the candidate
 * @param fitness lower is better; NaN if there is none
 * @param trainLoss what training minimised, of the epoch that gave the fitness: the mean squared error per value, or the
 *     input's {@code task.loss}; NaN if there is none
 * @param validationLoss mean squared error per value on the validation split; NaN if there is none
 * @param parameters trainable numbers of the network, 0 if none was built
 * @param epochs finished epochs
 * @param samplesPerSecond trained samples per second of training; NaN if none was trained
 * @param durations where the time went
 * @param curve one entry per finished epoch
 * @param figures what was measured beside the losses, in the order of their codes; empty for none
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
        Map<Figure, Double> figures,
        String message) {

    public Evaluation {
        curve = List.copyOf(curve);
        Map<Figure, Double> ordered = new EnumMap<>(Figure.class);
        ordered.putAll(figures);
        figures = Collections.unmodifiableMap(ordered);
    }

    /** One of which nothing but losses is known. */
    public Evaluation(
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
        this(
                id,
                status,
                fitness,
                trainLoss,
                validationLoss,
                parameters,
                epochs,
                samplesPerSecond,
                durations,
                curve,
                Map.of(),
                message);
    }

    /**
     * Seconds of a worker's time.
     *
     * @param build from genome to initialised network, freeing it included
     * @param train gradient steps
     * @param validate measuring the validation loss and the figures
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

    /** A figure; NaN if it was not measured. */
    public double figure(Figure figure) {
        return figures.getOrDefault(figure, Double.NaN);
    }

    /** Whether there is a fitness to select by. */
    public boolean hasFitness() {
        return !Double.isNaN(fitness) && !Double.isInfinite(fitness);
    }
}

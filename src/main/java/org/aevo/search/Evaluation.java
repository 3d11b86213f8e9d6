package org.aevo.search;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a candidate.
 *
 * @param id of the candidate
 * @param score how good it is; {@link Score#NONE} if it has no result
 * @param effort what that cost
 * @param curve one entry per finished epoch, fold after fold
 * @param message one line that says what went wrong, empty for {@link EvaluationStatus#OK}
 */
public record Evaluation(
        long id, EvaluationStatus status, Score score, Effort effort, List<Epoch> curve, String message) {

    public Evaluation {
        curve = List.copyOf(curve);
    }

    /**
     * A point of the learning curve.
     *
     * @param fold of a cross-validation, from 1; 1 where there is one split
     * @param epoch from 1
     * @param trainLoss of the epoch's steps
     * @param validationLoss mean squared error per value; NaN where outputs are no samples
     * @param figures that are measured in each epoch; none of most tasks
     * @param elapsed seconds since the evaluation began
     */
    public record Epoch(
            int fold, int epoch, double trainLoss, double validationLoss, Map<Figure, Double> figures, double elapsed) {
        public Epoch {
            if (fold < 1) {
                throw new IllegalArgumentException("folds count from 1, was " + fold);
            }
            // most have none, and a run has very many
            if (!figures.isEmpty()) {
                Map<Figure, Double> ordered = new EnumMap<>(Figure.class);
                ordered.putAll(figures);
                figures = Collections.unmodifiableMap(ordered);
            }
        }

        /** One of a single split, of which no figures were measured. */
        public Epoch(int epoch, double trainLoss, double validationLoss, double elapsed) {
            this(1, epoch, trainLoss, validationLoss, Map.of(), elapsed);
        }

        /** A figure; NaN if it was not measured. */
        public double figure(Figure figure) {
            return figures.getOrDefault(figure, Double.NaN);
        }
    }

    /** An evaluation without a result. */
    public static Evaluation failed(long id, EvaluationStatus status, Durations durations, String message) {
        return new Evaluation(id, status, Score.NONE, Effort.of(durations), List.of(), message);
    }

    /** The same evaluation, of which it is known what it took of its worker's host. */
    public Evaluation using(Usage usage) {
        return new Evaluation(id, status, score, effort.using(usage), curve, message);
    }

    /** The same evaluation, of which it is known what its weights were at first. */
    public Evaluation from(Inheritance inheritance) {
        return new Evaluation(id, status, score, effort.from(inheritance), curve, message);
    }

    /** The same evaluation, of which it is known which ranks shared it. */
    public Evaluation by(Teamwork teamwork) {
        return new Evaluation(id, status, score, effort.by(teamwork), curve, message);
    }

    /** The same evaluation, measured by several objectives. */
    public Evaluation with(List<Double> objectives) {
        return new Evaluation(id, status, score.with(objectives), effort, curve, message);
    }

    /** What the search selects by: the score's fitness; lower is better, NaN if there is none. */
    public double fitness() {
        return score.fitness();
    }

    /** Whether there is a fitness to select by. */
    public boolean hasFitness() {
        return score.hasFitness();
    }

    /** Seconds of its worker's time that the evaluation took. */
    public double seconds() {
        return effort.durations().total();
    }
}

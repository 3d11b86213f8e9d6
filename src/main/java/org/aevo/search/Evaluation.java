package org.aevo.search;

import java.util.List;

/**
 * What came of a candidate.
 *
 * @param id of the candidate
 * @param score how good it is; {@link Score#NONE} if it has no result
 * @param effort what that cost
 * @param curve one entry per finished epoch
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
     * @param epoch from 1
     * @param elapsed seconds since the evaluation began
     */
    public record Epoch(int epoch, double trainLoss, double validationLoss, double elapsed) {}

    /** An evaluation without a result. */
    public static Evaluation failed(long id, EvaluationStatus status, Durations durations, String message) {
        return new Evaluation(id, status, Score.NONE, Effort.of(durations), List.of(), message);
    }

    /** The same evaluation, of which it is known what it took of its worker's host. */
    public Evaluation using(Usage usage) {
        Effort known =
                new Effort(effort.durations(), effort.epochs(), effort.samplesPerSecond(), effort.parameters(), usage);
        return new Evaluation(id, status, score, known, curve, message);
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

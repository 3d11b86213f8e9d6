package org.aevo.search;

/**
 * The best evaluation so far; of equal ones the first. Immutable.
 *
 * @param id of its candidate; {@link Candidate#NONE} before the first with a fitness
 * @param fitness NaN before the first
 */
public record Incumbent(long id, double fitness) {
    /** Before the first evaluation with a fitness. */
    public static final Incumbent NONE = new Incumbent(Candidate.NONE, Double.NaN);

    public boolean isPresent() {
        return !Double.isNaN(fitness);
    }

    /** Whether an evaluation of this fitness would take its place. */
    public boolean isBeatenBy(double other) {
        return Ranking.counts(other) && (!isPresent() || Ranking.isBetter(other, fitness));
    }

    public boolean isBeatenBy(Evaluation evaluation) {
        return isBeatenBy(evaluation.fitness());
    }

    /** The best of it and one that came later. */
    public Incumbent or(long otherId, double other) {
        return isBeatenBy(other) ? new Incumbent(otherId, other) : this;
    }

    public Incumbent or(Evaluation evaluation) {
        return or(evaluation.id(), evaluation.fitness());
    }
}

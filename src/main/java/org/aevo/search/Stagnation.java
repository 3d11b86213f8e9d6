package org.aevo.search;

/**
 * How long a search has found nothing better, in evaluations that it took in: in their order, which of a search with generations does not
 * depend on who was evaluated first. Immutable.
 *
 * @param taken evaluations that the search took in
 * @param improved how many of these there were when the best of now came; 0 before the first with a fitness
 * @param best fitness; NaN before the first
 */
public record Stagnation(long taken, long improved, double best) {
    /** Of a search that has taken nothing in. */
    public static final Stagnation NONE = new Stagnation(0, 0, Double.NaN);

    /** With one more evaluation. */
    public Stagnation and(Insertion insertion) {
        double now = insertion.bestFitness();
        boolean better = Ranking.counts(now) && (Double.isNaN(best) || Ranking.isBetter(now, best));
        return better ? new Stagnation(taken + 1, taken + 1, now) : new Stagnation(taken + 1, improved, best);
    }

    /** Evaluations since the best. */
    public long evaluations() {
        return taken - improved;
    }
}

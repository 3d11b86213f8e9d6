package org.aevo.search;

import java.util.List;

/**
 * For how long a search has found nothing better. Evaluations count when the search takes them in, those of a synchronous generation
 * all at once: if one of them is the best so far, none of them counts. So the number of workers has no say in it. Immutable.
 *
 * @param takenIn evaluations that the search has taken in
 * @param improved how many of them there were when the last better one was among them; 0 before the first
 * @param best the lowest fitness of all; NaN before the first with a fitness
 */
public record Stagnation(long takenIn, long improved, double best) {
    /** Of a search that has taken in nothing. */
    public static final Stagnation NONE = new Stagnation(0, 0, Double.NaN);

    public Stagnation {
        if (improved < 0 || takenIn < improved) {
            throw new IllegalArgumentException(
                    "the last better one was among the first " + improved + " evaluations of " + takenIn);
        }
    }

    /** After more evaluations that were taken in together, in their order. */
    public Stagnation after(List<Insertion> insertions) {
        if (insertions.isEmpty()) {
            return this;
        }
        long all = takenIn + insertions.size();
        double now = insertions.get(insertions.size() - 1).bestFitness();
        boolean better = Ranking.counts(now) && (!Ranking.counts(best) || Ranking.isBetter(now, best));
        return better ? new Stagnation(all, all, now) : new Stagnation(all, improved, best);
    }

    /** Evaluations that were taken in since the last better one. */
    public long evaluations() {
        return takenIn - improved;
    }
}

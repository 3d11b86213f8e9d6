package org.aevo.search;

import java.util.List;

/**
 * One evaluation taken into the search: a point of its progress.
 *
 * @param id of the candidate
 * @param bestFitness lowest of all insertions so far; NaN before the first with a fitness
 * @param meanFitness of the population after it; NaN if it is empty
 * @param diversity of the population after it: the probability that two genes drawn from it differ (Gini-Simpson
 *     index over gene texts), in [0, 1)
 * @param left ids of the members that left the population since the insertion before: in this one, or to make room for
 *     children before it; the newcomer's own if it did not stay
 */
public record Insertion(long id, double bestFitness, double meanFitness, double diversity, List<Long> left) {
    public Insertion {
        left = List.copyOf(left);
    }

    /** An insertion after which all members stayed. */
    public Insertion(long id, double bestFitness, double meanFitness, double diversity) {
        this(id, bestFitness, meanFitness, diversity, List.of());
    }
}

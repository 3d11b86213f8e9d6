package org.aevo.search;

/**
 * One evaluation taken into the search: a point of its progress.
 *
 * @param id of the candidate
 * @param bestFitness lowest of all insertions so far; NaN before the first with a fitness
 * @param meanFitness of the population after it; NaN if it is empty
 * @param diversity of the population after it: the probability that two genes drawn from it differ (Gini-Simpson
 *     index over gene texts), in [0, 1)
 */
public record Insertion(long id, double bestFitness, double meanFitness, double diversity) {}

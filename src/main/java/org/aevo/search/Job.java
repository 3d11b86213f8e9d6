package org.aevo.search;

/**
 * What an evaluator is asked to do.
 *
 * @param seed of everything random in the evaluation
 * @param weightsBelow the weights are wanted if the fitness is lower than this; NaN: never
 */
public record Job(Candidate candidate, long seed, double weightsBelow) {}

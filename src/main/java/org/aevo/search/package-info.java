/**
 * Which architecture next? A {@link org.aevo.search.SearchStrategy} is a pure, seeded state machine: it is asked for
 * candidates and told their evaluations, in whatever order they come. Nothing here knows of ranks, files or
 * training libraries.
 *
 * <p>There is no random stream that runs through a search: each candidate has one of its own, from the run's seed and
 * the candidate's id. What a strategy proposes is therefore a function of the seed, the id, the population and the
 * genomes proposed so far, and a question that finds no answer leaves no trace.
 *
 * <p>{@link org.aevo.search.GenerationalEvolution} and {@link org.aevo.search.SteadyStateEvolution} share all but the
 * moment at which results are taken in, genetic or aging; so do {@link org.aevo.search.GenerationalLocalSearch} and
 * {@link org.aevo.search.SteadyLocalSearch}. {@link org.aevo.search.PairwiseTournament} has no such moment, evaluates genomes more than
 * once, and makes members leave as it is asked. {@link org.aevo.search.RandomSearch} is what all are measured against.
 */
package org.aevo.search;

package org.aevo.record;

import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;

/**
 * A candidate with what came of it.
 *
 * @param asked seconds since the run's start, like all times here
 * @param insertion its place in the order in which the search took evaluations in; -1 if it has not yet
 * @param selectionLag evaluations that the search took in between its birth and its own insertion; -1 if not inserted
 * @param left when it left the population; its own insertion if it did not stay; NaN while it is a member, before it is
 *     inserted, without a fitness, and where it was not recorded: see {@link RunHistory#knowsWhoLeft}
 * @param attempt the one that gave the result, from 1
 * @param worker who did it
 * @param team that the worker led, which did it; -1 for none
 * @param dispatched NaN if it never was
 * @param waitSeconds how long the worker had been idle before it; NaN if unknown
 */
public record EvaluationRow(
        Candidate candidate,
        double asked,
        long insertion,
        long selectionLag,
        double left,
        Evaluation evaluation,
        int attempt,
        long worker,
        long team,
        double dispatched,
        double arrived,
        double waitSeconds) {}

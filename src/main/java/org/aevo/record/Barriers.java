package org.aevo.record;

import java.util.Arrays;
import org.aevo.record.Entry.RunStarted;
import org.aevo.search.StrategyKind;

/**
 * When a generational search had nothing to hand out: for each generation, from the moment its last candidate was asked, or
 * sent where all were asked before the first was sent, to the arrival of its last evaluation. These intervals are in order and do not overlap.
 */
final class Barriers {
    private final double[] start;
    private final double[] end;

    private Barriers(double[] start, double[] end) {
        this.start = start;
        this.end = end;
    }

    static Barriers of(RunHistory history) {
        boolean generational = history.started().map(Barriers::isGenerational).orElse(false);
        if (!generational) {
            return new Barriers(new double[0], new double[0]);
        }
        Candidates candidates = history.candidates();
        int generations = 0;
        for (int row = 0; row < candidates.size(); row++) {
            if (isPlausible(candidates, row)) {
                generations = Math.max(generations, candidates.generation.get(row) + 1);
            }
        }
        double[] start = new double[generations];
        double[] end = new double[generations];
        double[] firstSent = new double[generations];
        double[] lastSent = new double[generations];
        Arrays.fill(firstSent, Double.POSITIVE_INFINITY);
        for (int row = 0; row < candidates.size(); row++) {
            if (!isPlausible(candidates, row)) {
                continue;
            }
            int generation = candidates.generation.get(row);
            start[generation] = Math.max(start[generation], candidates.asked.get(row));
            double sent = history.dispatches().first(candidates.lastDispatch.get(row));
            firstSent[generation] = Math.min(firstSent[generation], sent);
            lastSent[generation] = Math.max(lastSent[generation], Math.min(sent, history.wallSeconds()));
            int outcome = candidates.outcome.get(row);
            // one that is still out holds the barrier
            double arrived = outcome < 0
                    ? history.wallSeconds()
                    : history.outcomes().arrived.get(outcome);
            end[generation] = Math.max(end[generation], arrived);
        }
        for (int g = 0; g < generations; g++) {
            boolean together = start[g] < firstSent[g] && firstSent[g] < lastSent[g];
            start[g] = together ? lastSent[g] : start[g];
        }
        return new Barriers(start, end);
    }

    /** No generation is empty; what is not so comes from a file that nobody should trust. */
    private static boolean isPlausible(Candidates candidates, int row) {
        int generation = candidates.generation.get(row);
        return generation >= 0 && generation <= row;
    }

    private static boolean isGenerational(RunStarted started) {
        return StrategyKind.waitsForGenerations(started.mode(), started.strategy());
    }

    /** The first time after this one at which waiting begins, or ends, to be waiting at a barrier; infinite for none. */
    double nextChange(double time) {
        int next = firstEndingAfter(time);
        if (next == end.length) {
            return Double.POSITIVE_INFINITY;
        }
        return time < start[next] ? start[next] : end[next];
    }

    /** Whether a barrier holds from this time on. */
    boolean holds(double time) {
        int next = firstEndingAfter(time);
        return next < end.length && start[next] <= time;
    }

    private int firstEndingAfter(double time) {
        int found = Arrays.binarySearch(end, time);
        int next = found < 0 ? -found - 1 : found;
        while (next < end.length && end[next] <= time) {
            next++;
        }
        return next;
    }
}

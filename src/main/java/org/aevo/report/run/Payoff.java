package org.aevo.report.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aevo.search.Incumbent;
import org.aevo.search.Ranking;
import org.aevo.stat.Statistics;

/**
 * What an operator brought. A child that several made counts for each of them.
 *
 * @param made children with an outcome
 * @param compared those of them that have a fitness, and a parent that has one
 * @param improved those of the compared that are better than the better of their parents
 * @param medianChange of the compared: by what share of the better parent's fitness, taken as positive, theirs is
 *     higher; below 0 is better; NaN of none
 * @param bests children that were the best so far when they arrived
 */
record Payoff(String operator, int made, int compared, int improved, double medianChange, int bests) {
    private static final long NONE = -1;

    /** The share that improved on the better parent; NaN of none. */
    double share() {
        return compared == 0 ? Double.NaN : (double) improved / compared;
    }

    /** One for each operator, those that made most first. */
    static List<Payoff> of(Evaluated evaluated) {
        long[] parentA = evaluated.table.longs("parent_a");
        long[] parentB = evaluated.table.longs("parent_b");
        String[] operators = evaluated.table.texts("operator");
        Map<Long, Integer> rows = new HashMap<>();
        for (int i = 0; i < evaluated.rows; i++) {
            rows.put(evaluated.id[i], i);
        }
        boolean[] best = bests(evaluated);
        Map<String, Tally> tallies = new TreeMap<>();
        for (int i = 0; i < evaluated.rows; i++) {
            double parent = Math.min(fitness(evaluated, rows, parentA[i]), fitness(evaluated, rows, parentB[i]));
            for (String operator : operators[i].split("\\+")) {
                tallies.computeIfAbsent(operator, o -> new Tally()).add(evaluated.fitness[i], parent, best[i]);
            }
        }
        List<Payoff> payoffs = new ArrayList<>();
        tallies.forEach((operator, tally) -> payoffs.add(tally.payoff(operator)));
        payoffs.sort((a, b) -> Integer.compare(b.made(), a.made()));
        return payoffs;
    }

    private static boolean[] bests(Evaluated evaluated) {
        boolean[] best = new boolean[evaluated.rows];
        Incumbent incumbent = Incumbent.NONE;
        for (int row : evaluated.byArrival()) {
            best[row] = incumbent.isBeatenBy(evaluated.fitness[row]);
            incumbent = incumbent.or(evaluated.id[row], evaluated.fitness[row]);
        }
        return best;
    }

    /** Infinite where there is no such parent, or no fitness of it. */
    private static double fitness(Evaluated evaluated, Map<Long, Integer> rows, long id) {
        Integer row = id == NONE ? null : rows.get(id);
        double fitness = row == null ? Double.NaN : evaluated.fitness[row];
        return Double.isNaN(fitness) ? Double.POSITIVE_INFINITY : fitness;
    }

    private static final class Tally {
        private int made;
        private int improved;
        private int bests;
        private final List<Double> changes = new ArrayList<>();

        void add(double child, double parent, boolean best) {
            made++;
            bests += best ? 1 : 0;
            if (Ranking.counts(child) && Ranking.counts(parent)) {
                improved += Ranking.isBetter(child, parent) ? 1 : 0;
                changes.add(parent == 0 ? Double.NaN : (child - parent) / Math.abs(parent));
            }
        }

        Payoff payoff(String operator) {
            double[] sorted = changes.stream()
                    .mapToDouble(Double::doubleValue)
                    .filter(Double::isFinite)
                    .toArray();
            Arrays.sort(sorted);
            return new Payoff(operator, made, changes.size(), improved, Statistics.quantile(sorted, 0.5), bests);
        }
    }
}

package org.aevo.report.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aevo.stat.Statistics;

/**
 * Whether a search prefers what is evaluated fast (Scott and De Jong, "Understanding Simple Asynchronous Evolutionary Algorithms",
 * FOGA 2015): of those born, told and chosen as parents in a part of a run, how many are slow. Slow is the quarter that took longest
 * of all evaluations whose duration is known; the others, of candidates that were lost with their workers, count nowhere.
 *
 * @param from seconds since the start of the run; likewise {@code to}, which is of the next part but for the last
 * @param born proposed in this part, and evaluated at some time
 * @param told whose evaluation arrived in this part
 * @param fittest of the told: their fittest quarter, what a choice by fitness alone would favour
 * @param parents chosen in this part, once for each child that is known
 */
record TimeBias(double from, double to, Share born, Share told, Share fittest, Share parents) {
    /** The slow ones are the slowest so many of all. */
    static final double SLOW = 0.25;

    private static final double FIT = 0.25;

    /** Of so many so many are slow. */
    record Share(int all, int slow) {
        /** NaN of none. */
        double value() {
            return all == 0 ? Double.NaN : (double) slow / all;
        }
    }

    /** Where there is anything to say: some duration is known, and some candidate has parents. */
    static boolean has(Evaluated evaluated) {
        long[] parents = evaluated.table.longs("parent_a");
        return evaluated.durations().length > 0
                && IntStream.range(0, evaluated.rows).anyMatch(row -> parents[row] >= 0);
    }

    /** From how many seconds on an evaluation is slow. */
    static double threshold(Evaluated evaluated) {
        return Statistics.quantile(evaluated.durations(), 1 - SLOW);
    }

    /**
     * A run in equal parts of its time.
     *
     * @param parts at least 1
     */
    static List<TimeBias> of(Evaluated evaluated, int parts) {
        double[] asked = evaluated.table.doubles("asked_s");
        double from = IntStream.range(0, evaluated.rows)
                .mapToDouble(row -> asked[row])
                .filter(Double::isFinite)
                .min()
                .orElse(0);
        double to = IntStream.range(0, evaluated.rows)
                .mapToDouble(row -> evaluated.arrived[row])
                .max()
                .orElse(from);
        List<TimeBias> biases = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            double begin = from + (to - from) * part / parts;
            double end = from + (to - from) * (part + 1) / parts;
            biases.add(between(evaluated, asked, begin, part == parts - 1 ? Double.POSITIVE_INFINITY : end, end));
        }
        return biases;
    }

    private static TimeBias between(Evaluated evaluated, double[] asked, double from, double before, double to) {
        double slow = threshold(evaluated);
        Map<Long, Integer> rowOf = new HashMap<>();
        IntStream.range(0, evaluated.rows).forEach(row -> rowOf.put(evaluated.id[row], row));
        List<Integer> born = new ArrayList<>();
        List<Integer> told = new ArrayList<>();
        List<Integer> parents = new ArrayList<>();
        long[] parentA = evaluated.table.longs("parent_a");
        long[] parentB = evaluated.table.longs("parent_b");
        for (int row = 0; row < evaluated.rows; row++) {
            if (asked[row] >= from && asked[row] < before) {
                born.add(row);
                for (long parent : new long[] {parentA[row], parentB[row]}) {
                    Integer its = rowOf.get(parent);
                    if (its != null) {
                        parents.add(its);
                    }
                }
            }
            if (evaluated.arrived[row] >= from && evaluated.arrived[row] < before) {
                told.add(row);
            }
        }
        List<Integer> fit = told.stream()
                .filter(row -> Double.isFinite(evaluated.fitness[row]))
                .sorted((a, b) -> Double.compare(evaluated.fitness[a], evaluated.fitness[b]))
                .toList();
        List<Integer> fittest = fit.subList(0, (int) Math.ceil(FIT * fit.size()));
        return new TimeBias(
                from,
                to,
                share(evaluated, born, slow),
                share(evaluated, told, slow),
                share(evaluated, fittest, slow),
                share(evaluated, parents, slow));
    }

    private static Share share(Evaluated evaluated, List<Integer> rows, double slow) {
        int all = 0;
        int above = 0;
        for (int row : rows) {
            if (evaluated.busy[row] > 0) {
                all++;
                above += evaluated.busy[row] > slow ? 1 : 0;
            }
        }
        return new Share(all, above);
    }
}

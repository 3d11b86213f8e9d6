package org.aevo.report.scaling;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aevo.stat.Spread;

/**
 * How long runs took until their best fitness was a target or lower. Runs that never reached it are censored: they count
 * as longer than any other, so that the median is infinite where half of them or more failed, and never looks better
 * for leaving them out.
 *
 * @param reached how many of the runs reached it
 * @param seconds since the first dispatch; infinite for runs that did not
 * @param evaluations that had arrived then; infinite likewise
 * @param expected seconds that all runs spent on it, with those in vain, for each that reached it: the expected running time
 *     of restarts until one does (Auger and Hansen, Performance evaluation of an advanced local search evolutionary
 *     algorithm, 2005); infinite if none did
 */
record TimeToTarget(
        Target target, String mode, int workers, int reached, Spread seconds, Spread evaluations, double expected) {

    static TimeToTarget of(List<Measured> runs, Target target) {
        double[] seconds = runs.stream()
                .mapToDouble(run -> run.fitness().secondsTo(target.fitness()))
                .toArray();
        double[] evaluations = runs.stream()
                .mapToDouble(run -> run.fitness().evaluationsTo(target.fitness()))
                .map(n -> n == 0 ? Double.POSITIVE_INFINITY : n)
                .toArray();
        int reached = (int) Arrays.stream(seconds).filter(Double::isFinite).count();
        double spent = runs.stream()
                .mapToDouble(run -> Math.min(run.fitness().secondsTo(target.fitness()), run.wallSeconds()))
                .sum();
        return new TimeToTarget(
                target,
                runs.get(0).mode(),
                runs.get(0).workers(),
                reached,
                Spread.of(seconds),
                Spread.of(evaluations),
                reached == 0 ? Double.POSITIVE_INFINITY : spent / reached);
    }

    /**
     * Targets that come from the runs themselves: what the worst of them reached in the end, what half of them
     * reached, what the best quarter reached; rounded up to three digits.
     */
    static List<Target> ownTargets(List<Measured> runs) {
        double[] finals = runs.stream()
                .mapToDouble(run -> run.fitness().last())
                .map(last -> Double.isNaN(last) ? Double.POSITIVE_INFINITY : last)
                .sorted()
                .toArray();
        int n = finals.length;
        if (n == 0) {
            return List.of();
        }
        return List.of(
                        Map.entry("reached by all", finals[n - 1]),
                        Map.entry("reached by half", finals[(n - 1) / 2]),
                        Map.entry("reached by a quarter", finals[(n - 1) / 4]))
                .stream()
                .filter(target -> Double.isFinite(target.getValue()))
                .map(target -> new Target(target.getKey(), up(target.getValue())))
                .collect(Collectors.toMap(Target::fitness, t -> t, (first, other) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private static double up(double fitness) {
        return new BigDecimal(fitness)
                .round(new MathContext(3, RoundingMode.CEILING))
                .doubleValue();
    }
}

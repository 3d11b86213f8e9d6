package org.aevo.report.scaling;

import java.util.Arrays;
import org.aevo.search.Incumbent;

/**
 * The lowest fitness that had arrived by each moment, a step at each evaluation. Evaluations count when they are there,
 * in either mode, not when the search takes them in: who stops the run then has the best of them.
 *
 * @param seconds of each arrival since the first dispatch, ascending
 * @param best after each arrival; NaN before the first fitness
 * @param accuracy of the best after each arrival, where it is a classifier; else NaN
 */
record FitnessCurve(double[] seconds, double[] best, double[] accuracy) {

    /**
     * @param arrived seconds since the first dispatch, in any order
     * @param fitness of each; NaN for those that failed
     */
    static FitnessCurve of(double[] arrived, double[] fitness) {
        double[] none = new double[fitness.length];
        Arrays.fill(none, Double.NaN);
        return of(arrived, fitness, none);
    }

    /**
     * The same of classifiers.
     *
     * @param accuracy of each evaluation; NaN where it was not measured
     */
    static FitnessCurve of(double[] arrived, double[] fitness, double[] accuracy) {
        Integer[] order = new Integer[arrived.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(arrived[a], arrived[b]));
        double[] seconds = new double[arrived.length];
        double[] best = new double[arrived.length];
        double[] itsAccuracy = new double[arrived.length];
        Incumbent incumbent = Incumbent.NONE;
        for (int i = 0; i < order.length; i++) {
            incumbent = incumbent.or(order[i], fitness[order[i]]);
            seconds[i] = arrived[order[i]];
            best[i] = incumbent.fitness();
            itsAccuracy[i] = incumbent.isPresent() ? accuracy[(int) incumbent.id()] : Double.NaN;
        }
        return new FitnessCurve(seconds, best, itsAccuracy);
    }

    int evaluations() {
        return seconds.length;
    }

    /** Evaluations that arrived after the best one; all of them if there is none. */
    int evaluationsSinceBest() {
        return evaluations() - (Double.isNaN(last()) ? 0 : evaluationsTo(last()));
    }

    /** The last; NaN if there is none. */
    double last() {
        return afterEvaluations(evaluations());
    }

    /** After so many evaluations; the last if there were not so many. */
    double afterEvaluations(long count) {
        int n = (int) Math.min(count, evaluations());
        return n == 0 ? Double.NaN : best[n - 1];
    }

    /** Accuracy of the best in the end; NaN where nothing is classified. */
    double lastAccuracy() {
        return accuracyAfter(evaluations());
    }

    /** The same after so many evaluations. */
    double accuracyAfter(long count) {
        int n = (int) Math.min(count, evaluations());
        return n == 0 ? Double.NaN : accuracy[n - 1];
    }

    /** The same at a time. */
    double accuracyAt(double time) {
        return accuracyAfter(evaluationsAt(time));
    }

    /** Evaluations that had arrived at a time. */
    int evaluationsAt(double time) {
        int found = Arrays.binarySearch(seconds, time);
        int n = found < 0 ? -found - 1 : found;
        while (n < seconds.length && seconds[n] <= time) {
            n++;
        }
        return n;
    }

    /** At a time; a run that is over keeps its best. */
    double at(double time) {
        return afterEvaluations(evaluationsAt(time));
    }

    /** Evaluations until the fitness was this or lower; 0 if it never was. */
    int evaluationsTo(double target) {
        for (int i = 0; i < best.length; i++) {
            if (best[i] <= target) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Seconds until the fitness was this or lower; infinite if it never was. */
    double secondsTo(double target) {
        int evaluations = evaluationsTo(target);
        return evaluations == 0 ? Double.POSITIVE_INFINITY : seconds[evaluations - 1];
    }
}

package org.aevo.report.scaling;

import java.util.PriorityQueue;

/**
 * How long a generation takes without any cost of handing it out: each candidate goes, in order, to the worker that is
 * free first (Graham, Bounds on multiprocessing timing anomalies, 1969).
 *
 * @param makespan from the first start to the last end
 * @param work sum of the durations
 * @param workers that there are; some have nothing to do where they are more than candidates
 */
record ListSchedule(double makespan, double work, int workers) {

    static ListSchedule of(double[] durations, int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be at least 1, was " + workers);
        }
        double work = 0;
        double makespan = 0;
        PriorityQueue<Double> free = new PriorityQueue<>();
        for (double duration : durations) {
            double start = free.size() < workers ? 0 : free.remove();
            work += duration;
            makespan = Math.max(makespan, start + duration);
            free.add(start + duration);
        }
        return new ListSchedule(makespan, work, workers);
    }

    /** Worker-seconds without work, all of them spent waiting for the last. */
    double idle() {
        return Math.max(0, workers * makespan - work);
    }
}

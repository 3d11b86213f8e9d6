package org.aevo.report.run;

import java.util.Arrays;

/**
 * Evaluations per hour over time.
 *
 * @param edges of intervals of one length from first dispatch to last arrival, in seconds; one more than rates
 * @param rates evaluations that arrived in each interval, per hour
 */
record Throughput(double[] edges, double[] rates) {
    private static final int PER_INTERVAL = 20;
    private static final int MAX_INTERVALS = 60;
    private static final int MIN_INTERVALS = 4;

    /**
     * So many intervals that there are some twenty evaluations in each.
     *
     * @param arrived seconds; those outside of the ends do not count
     */
    static Throughput of(double[] arrived, double from, double to) {
        int intervals = Math.max(MIN_INTERVALS, Math.min(MAX_INTERVALS, arrived.length / PER_INTERVAL));
        double length = (to - from) / intervals;
        double[] edges = new double[intervals + 1];
        for (int i = 0; i <= intervals; i++) {
            edges[i] = from + i * length;
        }
        double[] rates = new double[intervals];
        Arrays.stream(arrived)
                .filter(time -> time >= from && time <= to)
                .forEach(time -> rates[Math.min(intervals - 1, (int) ((time - from) / length))] += 3600 / length);
        return new Throughput(edges, rates);
    }
}

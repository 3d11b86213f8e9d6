package org.aevo.train;

import org.aevo.search.Durations;

/** Where the time of one candidate goes, that of all its folds. */
final class Stopwatch {
    private final long start = System.nanoTime();
    private final double limit;
    private long buildNanos;
    private long trainNanos;
    private long validateNanos;

    /** Of the leader of a team; NaN before it said any. */
    private double leaders = Double.NaN;

    /** @param limit seconds; infinite for none */
    Stopwatch(double limit) {
        this.limit = limit;
    }

    /** Adds the time since a {@link System#nanoTime} to that of building. */
    void built(long since) {
        buildNanos += System.nanoTime() - since;
    }

    /** Adds it to that of gradient steps. */
    void trained(long since) {
        trainNanos += System.nanoTime() - since;
    }

    /** Adds it to that of validation. */
    void validated(long since) {
        validateNanos += System.nanoTime() - since;
    }

    /** Seconds since it began. */
    double elapsed() {
        return seconds(System.nanoTime() - start);
    }

    /** From now on the time is up when the leader's is: clocks of members differ, and one would go on alone. */
    void heard(double leadersSeconds) {
        leaders = leadersSeconds;
    }

    boolean timeIsUp() {
        return (Double.isNaN(leaders) ? elapsed() : leaders) > limit;
    }

    /** Seconds of gradient steps. */
    double trainSeconds() {
        return seconds(trainNanos);
    }

    Durations durations() {
        return new Durations(seconds(buildNanos), seconds(trainNanos), seconds(validateNanos));
    }

    private static double seconds(long nanos) {
        return nanos * 1e-9;
    }
}

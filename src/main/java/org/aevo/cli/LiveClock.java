package org.aevo.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What a run's clock shows now, seen from another process and perhaps another host: reckoned from when its master says to
 * have begun, and put right by what it writes, for the clocks of two hosts may differ.
 */
final class LiveClock {
    /** An entry is at most so old when it is first seen. */
    private static final double FRESH_SECONDS = 3;

    private final Supplier<Instant> clock;
    private Instant start;
    private double atStart;
    private double latest;

    LiveClock(Supplier<Instant> clock) {
        this.clock = clock;
        this.start = clock.get();
    }

    /** A master began. */
    void begun(Instant at, double runSeconds) {
        start = at;
        atStart = runSeconds;
        latest = runSeconds;
    }

    /**
     * @param newest time of the newest entry
     * @param justWritten whether it was not there a moment ago
     */
    void seen(double newest, boolean justWritten) {
        latest = Math.max(latest, newest);
        double reckoned = reckoned();
        if (justWritten && (reckoned < newest || reckoned > newest + FRESH_SECONDS)) {
            start = clock.get();
            atStart = newest;
        }
    }

    private double reckoned() {
        return atStart + Duration.between(start, clock.get()).toNanos() / 1e9;
    }

    /** Seconds since the run's start; never before its newest entry. */
    double now() {
        return Math.max(latest, reckoned());
    }
}

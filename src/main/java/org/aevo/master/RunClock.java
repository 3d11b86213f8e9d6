package org.aevo.master;

/** Seconds since the run's start, by this process's monotonic clock; a resumed run goes on where it stopped. */
public final class RunClock {
    private final long origin;

    private RunClock(long origin) {
        this.origin = origin;
    }

    /** A clock that reads {@code elapsed} seconds now. */
    public static RunClock startingAt(double elapsed) {
        return new RunClock(System.nanoTime() - (long) (elapsed * 1e9));
    }

    public double seconds() {
        return (System.nanoTime() - origin) / 1e9;
    }
}

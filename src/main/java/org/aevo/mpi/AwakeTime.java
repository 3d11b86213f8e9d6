package org.aevo.mpi;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Time as this process lived through it. While it was stopped (a suspended job), or waited for a disk that did not
 * answer, it has heard nobody; that time does not pass here, so that it is not held against others. To be looked at
 * regularly, by one thread: what goes beyond two turns between two looks was such a time.
 */
public final class AwakeTime {
    private final long longest;
    private long last;
    private long passed;

    /**
     * @param turn between two looks, if nothing comes between
     */
    public AwakeTime(Duration turn) {
        this(turn, System.nanoTime());
    }

    AwakeTime(Duration turn, long now) {
        this.longest = 2 * turn.toNanos();
        this.last = now;
    }

    /** Nanoseconds that this process has lived through since this was made; a look. */
    public long nanoseconds() {
        return nanoseconds(System.nanoTime());
    }

    long nanoseconds(long now) {
        passed += Math.min(now - last, longest);
        last = now;
        return passed;
    }

    /** The same in seconds. */
    public double seconds() {
        return nanoseconds() / (double) TimeUnit.SECONDS.toNanos(1);
    }
}

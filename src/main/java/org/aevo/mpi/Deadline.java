package org.aevo.mpi;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A point in time by which something must be done. */
record Deadline(long nanoTime) {

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** The earlier of this one and so much time from now. */
    Deadline orIn(Duration duration) {
        Deadline other = in(duration);
        return other.nanoTime - nanoTime < 0 ? other : this;
    }

    boolean isOver() {
        return nanoTime - System.nanoTime() <= 0;
    }

    /**
     * Milliseconds left, 1 or more.
     *
     * @throws InterruptedIOException if none are
     */
    int milliseconds(String what) throws InterruptedIOException {
        if (isOver()) {
            throw new SocketTimeoutException("no " + what + " in time");
        }
        long left = TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime());
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, left));
    }
}

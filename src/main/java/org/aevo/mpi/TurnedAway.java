package org.aevo.mpi;

import java.util.function.Consumer;

/**
 * What there is to say of those who came to a master's port and did not join. A port scan comes a thousand times a
 * second: in a minute the first few are named, the others counted.
 */
final class TurnedAway {
    private static final int NAMED = 10;
    private static final double WINDOW_SECONDS = 60;

    private final Consumer<String> log;
    private boolean any;
    private long windowStart;
    private int inWindow;

    TurnedAway(Consumer<String> log) {
        this.log = log;
    }

    /**
     * @param peer address and port
     */
    synchronized void add(String peer, String reason) {
        long now = System.nanoTime();
        if (!any || (now - windowStart) / 1e9 > WINDOW_SECONDS) {
            count();
            any = true;
            windowStart = now;
            inWindow = 0;
        }
        inWindow++;
        if (inWindow <= NAMED) {
            log.accept(peer + " came to the workers' port and did not join: " + reason);
        }
    }

    /** Says how many were not named. */
    synchronized void count() {
        if (inWindow > NAMED) {
            log.accept((inWindow - NAMED) + " more came to the workers' port and did not join");
            inWindow = NAMED;
        }
    }
}

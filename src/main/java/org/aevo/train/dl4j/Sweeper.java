package org.aevo.train.dl4j;

import org.nd4j.linalg.factory.Nd4j;

/**
 * Collects the heap's garbage now and then. A network's arrays are freed when it is closed, but what the library keeps
 * for its operations goes with the Java objects that stand for it, which die old. A collection takes some 40 ms: one for
 * each network would be most of what a small candidate costs, none would let a worker grow.
 */
final class Sweeper {
    private static final int MOST_NETWORKS = 8;
    private static final long LONGEST_NANOS = 5_000_000_000L;

    private int closed;
    private long last = System.nanoTime();

    void networkClosed() {
        closed++;
        if (closed >= MOST_NETWORKS || System.nanoTime() - last > LONGEST_NANOS) {
            Nd4j.getMemoryManager().invokeGc();
            closed = 0;
            last = System.nanoTime();
        }
    }
}

package org.aevo.cli;

import java.util.concurrent.TimeUnit;

/** Waits for something to come true. */
final class Waiting {
    private static final long LIMIT_SECONDS = 120;

    private Waiting() {}

    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + LIMIT_SECONDS + " s in vain");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}

package org.aevo.apply;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A few things on their way from one thread to another. */
final class Belt<T> {
    private static final int LENGTH = 3;
    private static final long LOOK_MILLIS = 50;

    private final BlockingQueue<Optional<T>> things = new ArrayBlockingQueue<>(LENGTH);
    private volatile boolean stopped;

    /** The other thread takes, or gives, no more. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super("stopped");
        }
    }

    /** @throws StoppedException if nobody takes it any more */
    void put(T thing) {
        offer(Optional.of(thing));
    }

    /** What comes after all others; nothing where nobody takes any more. */
    void end() {
        try {
            offer(Optional.empty());
        } catch (StoppedException e) {
            // who does not take needs no end
        }
    }

    private void offer(Optional<T> thing) {
        try {
            while (!things.offer(thing, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (stopped) {
                    throw new StoppedException();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }

    /** The next; empty at the end. */
    Optional<T> take() {
        try {
            return things.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }

    /** Nothing is taken any more. */
    void stop() {
        stopped = true;
    }
}

package org.aevo.mpi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that the test asks what came next. */
final class Events implements LinkListener {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private final LinkedBlockingQueue<LinkEvent> queue = new LinkedBlockingQueue<>();

    @Override
    public void on(LinkEvent event) {
        queue.add(event);
    }

    /** The next event, which must be of this kind. */
    <E extends LinkEvent> E next(Class<E> kind) throws InterruptedException {
        LinkEvent event = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null) {
            throw new AssertionError("no " + kind.getSimpleName() + " within " + PATIENCE);
        }
        if (!kind.isInstance(event)) {
            throw new AssertionError("a " + kind.getSimpleName() + " was due, came " + event);
        }
        return kind.cast(event);
    }

    /** The next event, which must be a message. */
    Message message() throws InterruptedException {
        return next(LinkEvent.Received.class).message();
    }

    /** The next event, if one comes in time. */
    Optional<LinkEvent> within(Duration patience) throws InterruptedException {
        return Optional.ofNullable(queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    void clear() {
        queue.clear();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }
}

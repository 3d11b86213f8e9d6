package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.aevo.launch.MeetingPoint;
import org.aevo.worker.Preparation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rank 0 while it checks the data, which may take longer than other ranks wait for it: as long as it gets on, it says so
 * where they look for it.
 */
final class PreparingMaster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PreparingMaster.class);
    private static final long BEAT_MILLIS = 2000;

    private final Optional<Path> file;
    private final Preparation preparation = Preparation.ofThisProcess();
    private final Thread thread = new Thread(this::beat, "preparing");
    private boolean over;

    /**
     * @param file where the other ranks look; empty if nobody does
     */
    PreparingMaster(Optional<Path> file) {
        this.file = file;
        thread.setDaemon(true);
    }

    void start() {
        if (file.isPresent()) {
            thread.start();
        }
    }

    private synchronized void beat() {
        try {
            for (long number = 1; !over; number++) {
                wait(BEAT_MILLIS);
                if (!over && preparation.isGettingOn()) {
                    MeetingPoint.prepare(file.orElseThrow(), number);
                }
            }
        } catch (IOException e) { // whoever opens the meeting point will say it
            LOG.warn("{} cannot be written: {}", file.orElseThrow(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            over = true;
            notifyAll();
        }
        if (file.isPresent()) {
            MeetingPoint.retract(file.get());
        }
    }
}

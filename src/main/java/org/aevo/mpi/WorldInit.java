package org.aevo.mpi;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code MPI.Init} with a time-out, which it has not: on a thread of its own, that is left alone when the time is over. */
final class WorldInit {
    private WorldInit() {}

    /** What is done until a world stands. */
    interface Steps {
        void take() throws IOException;
    }

    /**
     * Waits until a world stands. If this throws, the steps may still be going on: dropping the world ends them.
     *
     * @param peer with whom, for messages
     * @throws IOException if there is no world, or none in time
     */
    static void run(String peer, Deadline deadline, Steps steps) throws IOException, InterruptedException {
        CompletableFuture<Void> made = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        steps.take();
                        made.complete(null);
                    } catch (IOException | RuntimeException | Error e) {
                        made.completeExceptionally(e);
                    }
                },
                "mpi-init-" + peer);
        thread.setDaemon(true);
        thread.start();
        try {
            made.get(deadline.milliseconds("MPJ world"), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no MPJ world with " + peer + " in time", e);
        } catch (ExecutionException e) {
            throw new IOException(
                    "no MPJ world with " + peer + ": " + e.getCause().getMessage(), e);
        }
    }
}

package org.aevo.record;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes {@code run.h5} in a thread of its own, which nobody interrupts, one at a time. A snapshot that fails is
 * reported; the file before it stays, and the run goes on.
 */
public final class SnapshotWriter implements AutoCloseable {
    private final RunPaths paths;
    private final Holding holding;
    private final Consumer<? super Snapshot> listener;
    private final Thread thread;
    /** Of the writing thread alone. */
    private final Reckoning reckoning = new Reckoning();

    private Optional<Job> waiting = Optional.empty();
    private boolean writing;
    private boolean closing;

    private record Job(RunHistory history, Optional<BestWeights.Saved> weights) {}

    /**
     * What came of a snapshot.
     *
     * @param evaluations in it
     * @param seconds that it took, not of the master's time
     * @param failure why there is none
     */
    public record Snapshot(int evaluations, double seconds, Optional<RecordException> failure) {}

    /**
     * @param listener is told of every snapshot, in the writing thread
     */
    public SnapshotWriter(RunPaths paths, Consumer<? super Snapshot> listener) {
        this(paths, Holding.NOTHING, listener);
    }

    /** The same for a run that this process holds: there are no snapshots unless it is where it was. */
    public SnapshotWriter(RunPaths paths, Holding holding, Consumer<? super Snapshot> listener) {
        this.paths = paths;
        this.holding = holding;
        this.listener = listener;
        this.thread = new Thread(this::work, "aevo-snapshot");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /**
     * Begins a snapshot of what is known now, unless one is still being written.
     *
     * @param weights of the best candidate; passed over if they are another's
     * @return whether it was begun
     */
    public synchronized boolean offer(RunHistory history, Optional<BestWeights.Saved> weights) {
        if (closing || writing || waiting.isPresent()) {
            return false;
        }
        waiting = Optional.of(new Job(history.freeze(), weights));
        notifyAll();
        return true;
    }

    /** Waits for the snapshot that is being written, if any, writes a last one of this, and closes. */
    public void finish(RunHistory history, Optional<BestWeights.Saved> weights) {
        synchronized (this) {
            waiting = Optional.of(new Job(history.freeze(), weights));
        }
        close();
    }

    /** Waits until everything begun is written. An interrupt is kept for later. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        Optional<Job> job = next();
        while (job.isPresent()) {
            try {
                write(job.get());
            } catch (RuntimeException e) {
                // of the listener; the snapshots still to come are worth more than this thread's end
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
            job = next();
        }
    }

    /** The next job; empty once closing and nothing waits. */
    private synchronized Optional<Job> next() {
        writing = false;
        while (waiting.isEmpty() && !closing) {
            try {
                wait();
            } catch (InterruptedException e) {
                // nobody may interrupt this thread: the file channel would break
                continue;
            }
        }
        Optional<Job> job = waiting;
        waiting = Optional.empty();
        writing = job.isPresent();
        return job;
    }

    private void write(Job job) {
        long start = System.nanoTime();
        Optional<RecordException> failure = Optional.empty();
        try {
            holding.check();
            RunFile.write(paths.hdf5(), job.history(), job.weights(), reckoning);
        } catch (RecordException e) {
            failure = Optional.of(e);
        } catch (OutOfMemoryError | RuntimeException e) {
            failure = Optional.of(RecordException.of(paths.hdf5(), "be written", e));
        }
        listener.accept(new Snapshot(job.history().evaluated(), (System.nanoTime() - start) * 1e-9, failure));
    }
}

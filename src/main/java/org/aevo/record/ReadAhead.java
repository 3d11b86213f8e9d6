package org.aevo.record;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.aevo.record.JournalReader.Located;

/**
 * The entries of a journal, read and decoded on a thread of their own some way ahead of who takes them: replaying a long
 * journal then takes the time of the replay alone. Nobody else may use the reader until this is closed, or came to the
 * end.
 */
public final class ReadAhead implements AutoCloseable {
    /** Of the journal, in one batch; a longer entry is a batch of its own. */
    private static final int BATCH_BYTES = 1 << 18;

    private static final int BATCHES = 8;

    private final JournalReader reader;
    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES);
    private final Thread thread;
    private volatile boolean closed;

    private Queue<Located> current = new ArrayDeque<>();
    private Optional<End> end = Optional.empty();

    private record Batch(List<Located> entries, Optional<End> end) {}

    /** Of the reading: what {@link JournalReader#next} threw, or the end of the file. */
    private record End(Optional<Throwable> failure) {}

    public ReadAhead(JournalReader reader) {
        this.reader = reader;
        this.thread = new Thread(this::read, "read-journal");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /**
     * The next entry; empty at the end, and from then on.
     *
     * @throws IOException as {@link JournalReader#next}, in the same place
     */
    public Optional<Located> next() throws IOException {
        while (current.isEmpty() && end.isEmpty()) {
            Batch batch = take();
            current = new ArrayDeque<>(batch.entries());
            end = batch.end();
        }
        if (current.isEmpty()) {
            rethrow(end.flatMap(End::failure));
        }
        return Optional.ofNullable(current.poll());
    }

    private Batch take() throws InterruptedIOException {
        try {
            return batches.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the journal was read");
        }
    }

    private static void rethrow(Optional<Throwable> failure) throws IOException {
        if (failure.isEmpty()) {
            return;
        }
        Throwable thrown = failure.get();
        if (thrown instanceof IOException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        throw (RuntimeException) thrown;
    }

    private void read() {
        Optional<End> ended = Optional.empty();
        try {
            while (ended.isEmpty() && !closed) {
                List<Located> entries = new ArrayList<>();
                ended = fill(entries);
                batches.put(new Batch(entries, ended));
            }
        } catch (InterruptedException e) {
            // nobody interrupts this thread
            Thread.currentThread().interrupt();
        }
    }

    /** Reads one batch, and says whether and how the reading ended with it. */
    private Optional<End> fill(List<Located> entries) {
        try {
            long from = reader.end();
            while (reader.end() - from < BATCH_BYTES) {
                Optional<Located> next = reader.next();
                if (next.isEmpty()) {
                    return Optional.of(new End(Optional.empty()));
                }
                entries.add(next.get());
            }
            return Optional.empty();
        } catch (IOException | RuntimeException | Error e) {
            return Optional.of(new End(Optional.of(e)));
        }
    }

    /** Whether the journal is still being read. */
    boolean reads() {
        return thread.isAlive();
    }

    /** Ends the reading, wherever it is. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            batches.clear();
            try {
                thread.join(1);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

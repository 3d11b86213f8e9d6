package org.aevo.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a second writer from a journal whose run.lock somebody deleted. The lock ends with the channel, or when this
 * process closes any other channel of the file: who holds it does not read the journal by its name.
 */
final class JournalLock {
    /** For another writer, which may be about to see that its run was taken from it. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long PAUSE_NANOS = 50_000_000;

    private JournalLock() {}

    /**
     * Locks the file for as long as the channel is open.
     *
     * @throws RecordException if another has it for longer than it is waited for
     */
    static void take(Path journal, FileChannel channel) throws RecordException {
        await(journal, channel, false, PATIENCE);
    }

    /**
     * Waits until nobody writes to it.
     *
     * @throws RecordException if somebody does for longer
     */
    static void awaitFree(Path journal, Duration patience) throws RecordException {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ)) {
            await(journal, channel, true, patience);
        } catch (RecordException e) {
            throw e;
        } catch (IOException e) {
            throw RecordException.of(journal, "be read", e);
        }
    }

    private static void await(Path journal, FileChannel channel, boolean shared, Duration patience)
            throws RecordException {
        long begun = System.nanoTime();
        while (!tried(journal, channel, shared)) {
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw new RecordException(
                        journal + ": another aevo writes to it, although its run.lock was free (was it"
                                + " deleted?); wait for its end, or stop it");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean tried(Path journal, FileChannel channel, boolean shared) throws RecordException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw RecordException.of(journal, "be locked", e);
        }
    }
}

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
    private static final long PAUSE_NANOS = 50_000_000;

    private JournalLock() {}

    /**
     * Locks the file for as long as the channel is open.
     *
     * @param patience how long to wait for another, which may be about to see that it lost its run and to stop
     * @throws RecordException if another has it all the time
     */
    static void take(Path journal, FileChannel channel, Duration patience) throws RecordException {
        long begun = System.nanoTime();
        while (!tried(journal, channel, false)) {
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw taken(journal);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /**
     * Makes sure that nobody writes to it just now.
     *
     * @throws RecordException if somebody does
     */
    static void checkFree(Path journal) throws RecordException {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ)) {
            if (!tried(journal, channel, true)) {
                throw taken(journal);
            }
        } catch (RecordException e) {
            throw e;
        } catch (IOException e) {
            throw RecordException.of(journal, "be read", e);
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

    private static RecordException taken(Path journal) {
        return new RecordException(journal + ": another aevo writes to it, although its run.lock was free (was it"
                + " deleted?); wait for its end, or stop it");
    }
}

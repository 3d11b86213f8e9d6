package org.aevo.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import org.aevo.codec.Encoder;
import org.aevo.codec.MalformedDataException;
import org.aevo.io.RegularFile;
import org.aevo.record.JournalReader.Located;

/**
 * The append-only file of a run's entries. {@link #append} only remembers; {@link #force} writes what was remembered and
 * returns once the disk has it: an entry is durable then, and not before. One thread at a time, never interrupted
 * while it writes (an interrupt closes the file). Who holds the run's directory locked is its only writer.
 *
 * <p>After a failed write nothing more is accepted: the file then ends with the last durable entry, if the disk
 * allows even that; where it does not, what is behind it counts from when it is opened again, and the disk has it then.
 */
public final class Journal implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final Holding holding;
    private final long run;
    private final Optional<Path> kept;
    private final long cut;
    private final Encoder waiting = new Encoder();
    private final JournalDigest.Running digest;
    private long durable;
    /** Records in the file, and those that wait. */
    private int records;

    private int together;
    private boolean broken;

    private Journal(
            Path file,
            FileChannel channel,
            Holding holding,
            JournalDigest.Running digest,
            long run,
            int records,
            Optional<Path> kept,
            long cut) {
        this.file = file;
        this.holding = holding;
        this.channel = channel;
        this.digest = digest;
        this.durable = digest.digest().bytes();
        this.run = run;
        this.records = records;
        this.kept = kept;
        this.cut = cut;
    }

    /**
     * A new, empty journal.
     *
     * @throws RecordException if there is one already, or it cannot be written
     */
    public static Journal create(Path file) throws RecordException {
        return create(file, Holding.NOTHING);
    }

    /**
     * The same, of a run that this process holds; the journal is one of its parts from then on, and written only while
     * all of them are where they were.
     *
     * @throws LostRunException if they are not
     */
    public static Journal create(Path file, Holding holding) throws RecordException {
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw RecordException.of(file, "be created", e);
        }
        Journal journal =
                new Journal(file, channel, holding, new JournalDigest.Running(), Seal.newRun(), 0, Optional.empty(), 0);
        try {
            holding.addJournal(file, Holding.key(file));
            JournalLock.take(file, channel);
            journal.begin();
            DurableFiles.forceDirectory(file);
            return journal;
        } catch (IOException e) {
            discard(channel, e);
            // an empty journal would look like a run
            try {
                holding.check();
                holding.letGo(file);
                Files.deleteIfExists(file);
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e instanceof RecordException r ? r : RecordException.of(file, "be created", e);
        }
    }

    /**
     * An existing journal, to append to: reads and checks all of it, cuts off a record that a crash left half written,
     * which stays in a file beside it, and has the disk take the end of the rest once more. One without seals goes on
     * with seals.
     *
     * @param replay is given every entry, in order; an entry that contradicts those before it is refused with an
     *     {@link IllegalArgumentException}
     * @throws MalformedDataException if it is damaged before its end, foreign, of a newer format, or contradicts itself
     */
    public static Journal open(Path file, Consumer<? super Entry> replay) throws IOException {
        return open(file, replay, Holding.NOTHING);
    }

    /**
     * The same, of a run that this process holds, as in {@link #create(Path, Holding)}.
     *
     * @throws RecordException if another process writes to it still
     */
    public static Journal open(Path file, Consumer<? super Entry> replay, Holding holding) throws IOException {
        return open(file, replay, holding, RegularFile::open);
    }

    /** How the file is opened to be written: with another disk under it in tests. */
    interface Opening {
        FileChannel open(Path file, OpenOption... options) throws IOException;
    }

    static Journal open(Path file, Consumer<? super Entry> replay, Holding holding, Opening opening)
            throws IOException {
        // says what is wrong with a file that is none, or is not there
        JournalReader.open(file).close();
        FileChannel channel;
        Optional<Object> before;
        try {
            before = Holding.key(file);
            channel = opening.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw RecordException.of(file, "be opened for writing", e);
        }
        try {
            holding.addJournal(file, before);
            // before it is read: another may be about to write its last records
            JournalLock.take(file, channel);
            // through the locked channel, for closing any other of this file would give the lock back
            JournalReader reader = JournalReader.over(file, channel);
            try (ReadAhead ahead = new ReadAhead(reader)) {
                for (Optional<Located> next = ahead.next(); next.isPresent(); next = ahead.next()) {
                    next.get().tell(file, replay);
                }
            }
            return open(file, channel, holding, reader);
        } catch (IOException | RuntimeException e) {
            holding.letGo(file);
            discard(channel, e);
            throw e;
        }
    }

    private static Journal open(Path file, FileChannel channel, Holding holding, JournalReader read)
            throws RecordException {
        try {
            holding.check();
            long end = read.end();
            Optional<Path> kept = JournalTail.cut(file, channel, end);
            JournalTail.writeAgain(channel, read.lastWrite(), end);
            channel.force(true);
            long run = read.run().orElseGet(Seal::newRun);
            Journal journal =
                    new Journal(file, channel, holding, read.running(), run, read.records(), kept, read.tornBytes());
            if (end == 0) {
                journal.begin();
            }
            return journal;
        } catch (RecordException e) {
            throw e;
        } catch (IOException e) {
            throw RecordException.of(file, "be opened for writing", e);
        }
    }

    /** Bytes of a half-written record that opening cut off. */
    public long cutBytes() {
        return cut;
    }

    /** Where these are kept. */
    public Optional<Path> cutKept() {
        return kept;
    }

    /** Length of the file as far as it is durable, in bytes. */
    public long durableBytes() {
        return durable;
    }

    /**
     * Of the file with all that was appended: what it will have been, if it is forced. Known without reading the file
     * again.
     */
    public JournalDigest digest() {
        return digest.digest();
    }

    /**
     * @throws LostRunException if the run is not where this process opened it
     */
    public void check() throws LostRunException {
        holding.check();
    }

    /** Entries to be written with the next {@link #force}. */
    public void append(Entry... entries) {
        for (Entry entry : entries) {
            int start = waiting.size();
            JournalFormat.write(waiting, durable + start, entry, new Seal(run, records + together, together));
            together++;
            digest.add(waiting.written(start));
        }
    }

    /**
     * Writes what was appended and waits until the disk has it; nothing to do, nothing done.
     *
     * @throws LostRunException if the run is not where this process opened it; nothing is written then
     * @throws RecordException if that fails, now or before; no entry since the last success is recorded then
     */
    public void force() throws RecordException {
        if (broken) {
            throw new RecordException(file + ": an earlier write failed; continue the run with --resume");
        }
        if (waiting.size() == 0) {
            return;
        }
        try {
            holding.check();
        } catch (LostRunException e) {
            broken = true;
            throw e;
        }
        ByteBuffer bytes = waiting.written(0);
        waiting.cut(0);
        try {
            long position = durable;
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
            channel.force(false);
            durable = position;
            records += together;
            together = 0;
        } catch (IOException e) {
            broken = true;
            cutBack(e);
            throw RecordException.of(file, "be written", e);
        }
    }

    /** Forces what was appended and closes the file. */
    @Override
    public void close() throws RecordException {
        try (channel) {
            if (!broken) {
                force();
            }
        } catch (RecordException e) {
            throw e;
        } catch (IOException e) {
            throw RecordException.of(file, "be closed", e);
        } finally {
            holding.letGo(file);
        }
    }

    private void begin() throws RecordException {
        waiting.raw(JournalFormat.header());
        digest.add(waiting.written(0));
        force();
    }

    private static void discard(FileChannel channel, Exception failure) {
        try {
            channel.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void cutBack(IOException failure) {
        try {
            channel.truncate(durable);
            channel.force(true);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}

package org.aevo.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
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
 * allows even that, and opening it again cuts off the rest.
 */
public final class Journal implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final long cut;
    private final Encoder waiting = new Encoder();
    private final JournalDigest.Running digest;
    private long durable;
    private boolean broken;

    private Journal(Path file, FileChannel channel, JournalDigest.Running digest, long cut) {
        this.file = file;
        this.channel = channel;
        this.digest = digest;
        this.durable = digest.digest().bytes();
        this.cut = cut;
    }

    /**
     * A new, empty journal.
     *
     * @throws RecordException if there is one already, or it cannot be written
     */
    public static Journal create(Path file) throws RecordException {
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw RecordException.of(file, "be created", e);
        }
        Journal journal = new Journal(file, channel, new JournalDigest.Running(), 0);
        try {
            journal.begin();
            DurableFiles.forceDirectory(file);
            return journal;
        } catch (IOException e) {
            discard(channel, e);
            // an empty journal would look like a run
            try {
                Files.deleteIfExists(file);
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e instanceof RecordException r ? r : RecordException.of(file, "be created", e);
        }
    }

    /**
     * An existing journal, to append to: reads and checks all of it, and cuts off a record that a crash left half
     * written.
     *
     * @param replay is given every entry, in order; an entry that contradicts those before it is refused with an
     *     {@link IllegalArgumentException}
     * @throws MalformedDataException if it is damaged before its end, foreign, of a newer format, or contradicts itself
     */
    public static Journal open(Path file, Consumer<? super Entry> replay) throws IOException {
        long end;
        long torn;
        JournalDigest.Running digest;
        try (JournalReader reader = JournalReader.open(file)) {
            try (ReadAhead ahead = new ReadAhead(reader)) {
                for (Optional<Located> next = ahead.next(); next.isPresent(); next = ahead.next()) {
                    next.get().tell(file, replay);
                }
            }
            end = reader.end();
            torn = reader.tornBytes();
            digest = reader.running();
        }
        FileChannel channel;
        try {
            channel = RegularFile.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw RecordException.of(file, "be opened for writing", e);
        }
        try {
            channel.truncate(end);
            channel.force(true);
            Journal journal = new Journal(file, channel, digest, torn);
            if (end == 0) {
                journal.begin();
            }
            return journal;
        } catch (IOException e) {
            discard(channel, e);
            throw e instanceof RecordException r ? r : RecordException.of(file, "be opened for writing", e);
        }
    }

    /** Bytes of a half-written record that opening cut off. */
    public long cutBytes() {
        return cut;
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

    /** Entries to be written with the next {@link #force}. */
    public void append(Entry... entries) {
        for (Entry entry : entries) {
            int start = waiting.size();
            JournalFormat.write(waiting, durable + start, entry);
            digest.add(waiting.written(start));
        }
    }

    /**
     * Writes what was appended and waits until the disk has it; nothing to do, nothing done.
     *
     * @throws RecordException if that fails, now or before; no entry since the last success is recorded then
     */
    public void force() throws RecordException {
        if (broken) {
            throw new RecordException(file + ": an earlier write failed; continue the run with --resume");
        }
        if (waiting.size() == 0) {
            return;
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
        }
    }

    private void begin() throws RecordException {
        waiting.raw(JournalFormat.header());
        digest.add(waiting.written(0));
        force();
    }

    private static void discard(FileChannel channel, IOException failure) {
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

package org.aevo.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.aevo.codec.MalformedDataException;
import org.aevo.io.RegularFile;

/**
 * Reads the entries of a journal in order. A record cut off at the end of the file, as a crash leaves it, ends the
 * reading like the end of the file does; a bad record with good ones after it, in their place or not, is an error, and so
 * is one of another run or out of sequence. Reading the journal of a
 * run that goes on is safe: what is appended later is not seen; {@link JournalFollower} sees it.
 */
public final class JournalReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private long size;
    private long offset;
    private long torn;
    private int records;
    private Optional<Long> run = Optional.empty();
    private long lastWrite;
    private final JournalDigest.Running digest = new JournalDigest.Running();
    private ByteBuffer window = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private long windowStart;

    /** An entry and the place of its record in the file. */
    public record Located(long offset, Entry entry) {
        /**
         * Hands the entry on.
         *
         * @throws MalformedDataException if it is refused as contradicting those before it
         */
        void tell(Path journal, Consumer<? super Entry> reader) throws MalformedDataException {
            try {
                reader.accept(entry);
            } catch (IllegalArgumentException e) {
                throw new MalformedDataException(journal + ": record at offset " + offset + ": " + e.getMessage(), e);
            }
        }
    }

    private JournalReader(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        refresh();
    }

    /** Reads through a channel that is another's to close. */
    static JournalReader over(Path file, FileChannel channel) throws IOException {
        return new JournalReader(file, channel);
    }

    /** Sees what was appended since this was opened, or since the last time; reading goes on where it was. */
    void refresh() throws IOException {
        size = channel.size();
        torn = 0;
        // what was only half there may have been read
        window.limit(0);
        if (offset > 0) {
            return;
        }
        byte[] start = bytes(0, (int) Math.min(size, JournalFormat.HEADER_BYTES));
        if (JournalFormat.isTornHeader(start)) {
            torn = size;
        } else {
            checkHeader(start);
            digest.add(ByteBuffer.wrap(start));
            offset = JournalFormat.HEADER_BYTES;
        }
    }

    /** A journal that is damaged in its header is told from a file that was never one. */
    private void checkHeader(byte[] start) throws IOException {
        try {
            JournalFormat.checkHeader(file, start);
        } catch (MalformedDataException e) {
            Optional<String> found =
                    JournalFormat.isNewer(start) ? Optional.empty() : new DamageSearch(channel, size).from(0);
            throw found.isPresent() ? new DamagedJournalException(file, 0, "its first bytes; " + found.get()) : e;
        }
    }

    /**
     * @throws RecordException if there is no such file
     * @throws MalformedDataException if it is no journal, or of a newer format
     */
    public static JournalReader open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new RecordException(file + ": a directory, not a journal");
        }
        FileChannel channel;
        try {
            channel = RegularFile.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new RecordException(file + ": no journal here; name the directory of a run", e);
        } catch (IOException e) {
            throw RecordException.of(file, "be read", e);
        }
        try {
            return new JournalReader(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * The next entry; empty at the end, and from then on.
     *
     * @throws DamagedJournalException if the record is bad and good ones follow, wherever, or it is whole but not the
     *     next of this run
     * @throws MalformedDataException if it says what this program does not understand; names the offset
     */
    public Optional<Located> next() throws IOException {
        if (offset + torn >= size) {
            return Optional.empty();
        }
        Optional<byte[]> payload = payloadAt(offset);
        if (payload.isEmpty()) {
            Optional<String> found = new DamageSearch(channel, size).from(offset);
            if (found.isPresent()) {
                throw damaged(found.get());
            }
            torn = size - offset;
            return Optional.empty();
        }
        Optional<Seal> seal = Seal.of(payload.get());
        checkSeal(seal);
        int type = bytes(offset + 2 * Integer.BYTES, 1)[0] & 0xFF;
        Located located;
        try {
            located = new Located(offset, EntryCodec.entry(type, payload.get()));
        } catch (MalformedDataException e) {
            throw new MalformedDataException(file + ": record at offset " + offset + ": " + e.getMessage(), e);
        }
        if (seal.isPresent() && seal.get().place() == 0) {
            lastWrite = offset;
        }
        records++;
        digest.add(ByteBuffer.wrap(bytes(offset, JournalFormat.RECORD_HEADER_BYTES)));
        digest.add(ByteBuffer.wrap(payload.get()));
        offset += JournalFormat.RECORD_HEADER_BYTES + payload.get().length;
        return Optional.of(located);
    }

    /** Where the last good record read so far ends; 0 if not even the header is complete. */
    public long end() {
        return offset;
    }

    /** Of the good records read so far, and the header. */
    public JournalDigest digest() {
        return digest.digest();
    }

    /** The same, to be gone on with by who appends. */
    JournalDigest.Running running() {
        return digest;
    }

    /** Bytes after the last good record, once {@link #next} came to the end. */
    public long tornBytes() {
        return torn;
    }

    /** Of all sealed records read so far; empty if none has a seal. */
    Optional<Long> run() {
        return run;
    }

    /** Good records read so far. */
    int records() {
        return records;
    }

    /** Where the last records that were written together begin, as far as seals say it. */
    long lastWrite() {
        return lastWrite;
    }

    /** Length of the file when it was opened, or looked at again. */
    long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The payload of the record here; empty if there is no good one. */
    private Optional<byte[]> payloadAt(long at) throws IOException {
        Optional<Integer> length = lengthAt(at);
        if (length.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(bytes(at, JournalFormat.RECORD_HEADER_BYTES));
        byte[] payload = bytes(at + JournalFormat.RECORD_HEADER_BYTES, length.get());
        int type = header.get(2 * Integer.BYTES) & 0xFF;
        boolean good = payload.length == length.get()
                && header.getInt(Integer.BYTES) == JournalFormat.checksum(at, type, payload);
        return good ? Optional.of(payload) : Optional.empty();
    }

    /** The length that stands here, if a record of that length has room in the rest of the file. */
    private Optional<Integer> lengthAt(long at) throws IOException {
        long room = size - at - JournalFormat.RECORD_HEADER_BYTES;
        if (room < 0) {
            return Optional.empty();
        }
        int length = ByteBuffer.wrap(bytes(at, Integer.BYTES)).getInt();
        // a payload begins with its version: none is empty
        boolean fits = length > 0 && length <= JournalFormat.MAX_PAYLOAD_BYTES && length <= room;
        return fits ? Optional.of(length) : Optional.empty();
    }

    private DamagedJournalException damaged(String what) {
        return new DamagedJournalException(
                file, offset, (records == 1 ? "1 good record" : records + " good records") + " before; " + what);
    }

    /** Refuses a record that is whole, but cannot be the next of this run. */
    private void checkSeal(Optional<Seal> seal) throws DamagedJournalException {
        if (seal.isEmpty()) {
            if (run.isPresent()) {
                throw damaged("the record here is without the seal of run " + Seal.name(run.get()));
            }
            return;
        }
        long of = seal.get().run();
        if (run.isPresent() && run.get() != of) {
            throw damaged(
                    "the record here is of another run, " + Seal.name(of) + " instead of " + Seal.name(run.get()));
        }
        if (seal.get().sequence() != records) {
            throw damaged("the record here is number "
                    + Integer.toUnsignedString(seal.get().sequence()) + " of the run, expected number " + records);
        }
        run = Optional.of(of);
    }

    /** Bytes of the file; fewer at its end. */
    private byte[] bytes(long position, int count) throws IOException {
        if (count > BUFFER_BYTES) {
            ByteBuffer own = ByteBuffer.allocate(count);
            JournalFormat.readAt(channel, position, own);
            return Arrays.copyOf(own.array(), own.limit());
        }
        if (position < windowStart || position + count > windowStart + window.limit()) {
            window.clear();
            JournalFormat.readAt(channel, position, window);
            windowStart = position;
        }
        int from = (int) (position - windowStart);
        return Arrays.copyOfRange(window.array(), from, Math.min(from + count, window.limit()));
    }
}

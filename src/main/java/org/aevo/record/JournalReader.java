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
 * reading like the end of the file does; a bad record with good ones after it is an error. Reading the journal of a
 * run that goes on is safe: what is appended later is not seen; {@link JournalFollower} sees it.
 */
public final class JournalReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    /** Bytes that the search for good records behind a bad one may check before it gives up and refuses. */
    private static final long SEARCH_BYTES = 1L << 30;

    private final Path file;
    private final FileChannel channel;
    private long size;
    private long offset;
    private long torn;
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
            JournalFormat.checkHeader(file, start);
            digest.add(ByteBuffer.wrap(start));
            offset = JournalFormat.HEADER_BYTES;
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
     * @throws DamagedJournalException if the record is bad and good ones follow
     * @throws MalformedDataException if it says what this program does not understand; names the offset
     */
    public Optional<Located> next() throws IOException {
        if (offset + torn >= size) {
            return Optional.empty();
        }
        Optional<byte[]> payload = payloadAt(offset);
        if (payload.isEmpty()) {
            refuseIfGoodRecordsFollow();
            torn = size - offset;
            return Optional.empty();
        }
        int type = bytes(offset + 2 * Integer.BYTES, 1)[0] & 0xFF;
        Located located;
        try {
            located = new Located(offset, EntryCodec.entry(type, payload.get()));
        } catch (MalformedDataException e) {
            throw new MalformedDataException(file + ": record at offset " + offset + ": " + e.getMessage(), e);
        }
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

    private void refuseIfGoodRecordsFollow() throws IOException {
        long checked = 0;
        for (long at = offset + 1; at < size; at++) {
            Optional<Integer> length = lengthAt(at);
            checked += 1 + length.orElse(0);
            boolean good = length.isPresent() && payloadAt(at).isPresent();
            if (good || checked > SEARCH_BYTES) {
                throw new DamagedJournalException(
                        file, offset, good ? "a good record follows at " + at : size - offset + " bytes follow");
            }
        }
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

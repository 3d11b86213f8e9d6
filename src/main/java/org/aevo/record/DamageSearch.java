package org.aevo.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.aevo.codec.MalformedDataException;

/**
 * The search for records behind a bad one: one interrupted write leaves none. A record is found wherever it stands now,
 * for bytes may have been lost or gained before it.
 */
final class DamageSearch {
    private static final int WINDOW_BYTES = 1 << 20;
    /** What must be seen of a record to look closer: its header and the version in its payload. */
    private static final int PEEK_BYTES = JournalFormat.RECORD_HEADER_BYTES + 1;
    /** Types and versions beyond these are not looked for; programs of years to come will not have so many. */
    static final int MOST_TYPES = 32;

    static final int MOST_VERSIONS = 16;
    /** Bytes that may be looked at before the search gives up, which counts as found: nothing is cut unseen. */
    private static final long SEARCH_BYTES = 1L << 30;
    /** A record from elsewhere may belong this far behind the end of a small journal. */
    private static final long ROOM_BYTES = 1 << 16;

    private final FileChannel channel;
    private final long size;
    private final long most;
    private final byte[] window;
    private long windowStart;
    private int windowLength;
    private long looked;

    DamageSearch(FileChannel channel, long size) {
        this(channel, size, SEARCH_BYTES);
    }

    /**
     * @param most bytes that are looked at before the search is given up
     */
    DamageSearch(FileChannel channel, long size, long most) {
        this.most = most;
        this.channel = channel;
        this.size = size;
        this.window = new byte[(int) Math.min(WINDOW_BYTES, size)];
    }

    /**
     * What is there from an offset on, where no good record is: a text about the first good one, or about why the search
     * was given up; empty if there is none.
     */
    Optional<String> from(long offset) throws IOException {
        for (long at = offset; at + PEEK_BYTES <= size; at++) {
            Optional<String> found = at(at);
            if (found.isPresent()) {
                return found;
            }
            if (++looked > most) {
                return Optional.of("the " + (size - offset) + " bytes that follow are more than can be looked through");
            }
        }
        return Optional.empty();
    }

    private Optional<String> at(long at) throws IOException {
        int length = lengthOfRecord(at);
        if (length == 0) {
            return Optional.empty();
        }
        Frame frame = frame(at, length);
        if (frame.belongs == at) {
            return Optional.of("a good record follows at " + at);
        }
        if (!isEntry(frame)) {
            return Optional.empty();
        }
        boolean near = frame.belongs >= JournalFormat.HEADER_BYTES && frame.belongs <= 2 * size + ROOM_BYTES;
        return near || chain(at, frame)
                ? Optional.of("a good record stands at " + at + ", which belongs at " + frame.belongs)
                : Optional.empty();
    }

    /** Whether another record follows as it followed where both were written: no chance finds two. */
    private boolean chain(long at, Frame frame) throws IOException {
        int bytes = JournalFormat.RECORD_HEADER_BYTES + frame.payload.length;
        int length = at + bytes + PEEK_BYTES <= size ? lengthOfRecord(at + bytes) : 0;
        return length > 0 && frame(at + bytes, length).belongs == frame.belongs + bytes;
    }

    private record Frame(int type, byte[] payload, long belongs) {}

    private Frame frame(long at, int length) throws IOException {
        looked += length;
        see(at, JournalFormat.RECORD_HEADER_BYTES);
        ByteBuffer header = ByteBuffer.wrap(window, (int) (at - windowStart), JournalFormat.RECORD_HEADER_BYTES)
                .slice();
        int checksum = header.getInt(Integer.BYTES);
        int type = header.get(2 * Integer.BYTES) & 0xFF;
        ByteBuffer payload = ByteBuffer.allocate(length);
        JournalFormat.readAt(channel, at + JournalFormat.RECORD_HEADER_BYTES, payload);
        return new Frame(type, payload.array(), MisplacedRecords.offset(checksum, type, payload, at));
    }

    private static boolean isEntry(Frame frame) {
        try {
            EntryCodec.entry(frame.type, frame.payload);
            return true;
        } catch (MalformedDataException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The length of the payload, if a record may begin here; 0 otherwise. */
    private int lengthOfRecord(long at) throws IOException {
        see(at, PEEK_BYTES);
        int i = (int) (at - windowStart);
        int type = window[i + 2 * Integer.BYTES] & 0xFF;
        int version = Seal.version(window[i + JournalFormat.RECORD_HEADER_BYTES] & 0xFF);
        if (type == 0 || type > MOST_TYPES || version == 0 || version > MOST_VERSIONS) {
            return 0;
        }
        int length = ByteBuffer.wrap(window, i, Integer.BYTES).getInt();
        long room = size - at - JournalFormat.RECORD_HEADER_BYTES;
        return length > 0 && length <= JournalFormat.MAX_PAYLOAD_BYTES && length <= room ? length : 0;
    }

    /** Has these bytes in the window. */
    private void see(long at, int count) throws IOException {
        if (at >= windowStart && at + count <= windowStart + windowLength) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(window);
        JournalFormat.readAt(channel, at, buffer);
        windowStart = at;
        windowLength = buffer.limit();
        if (windowLength < count) {
            throw new IOException("the journal became shorter while it was read");
        }
    }
}

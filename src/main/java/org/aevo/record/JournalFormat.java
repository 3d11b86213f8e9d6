package org.aevo.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.aevo.codec.Encoder;
import org.aevo.codec.MalformedDataException;

/**
 * The bytes of a journal, big-endian: {@value #MAGIC} and a u32 format version; then records of u32 payload length, u32
 * CRC32C, u8 type, payload. The checksum covers the record's offset in the file (i64), the length, the type and the
 * payload, so that a record is good only where it was written. Since 0.6.0 a payload ends with a {@link Seal}.
 */
final class JournalFormat {
    static final String MAGIC = "AEVOJRNL";
    static final int VERSION = 1;
    static final int HEADER_BYTES = 12;
    static final int RECORD_HEADER_BYTES = 9;
    static final int MAX_PAYLOAD_BYTES = 64 << 20;

    private JournalFormat() {}

    static byte[] header() {
        return ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC.getBytes(StandardCharsets.US_ASCII))
                .putInt(VERSION)
                .array();
    }

    /** Whether a crash can have left this: a file that ends inside its header. */
    static boolean isTornHeader(byte[] start) {
        return start.length < HEADER_BYTES && Arrays.equals(start, Arrays.copyOf(header(), start.length));
    }

    /**
     * @param start the first {@value #HEADER_BYTES} bytes, or fewer if there are no more
     */
    static void checkHeader(Path file, byte[] start) throws MalformedDataException {
        byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
        if (start.length < HEADER_BYTES || !Arrays.equals(start, 0, magic.length, magic, 0, magic.length)) {
            throw new MalformedDataException(file + ": not a journal of aevo");
        }
        int version = ByteBuffer.wrap(start).getInt(magic.length);
        if (version != VERSION) {
            throw new MalformedDataException(file + ": journal format " + Integer.toUnsignedString(version)
                    + ", but this aevo reads format " + VERSION + "; use the aevo that wrote it, or a newer one");
        }
    }

    /** Whether a program of years to come may have written this header. */
    static boolean isNewer(byte[] start) {
        byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
        return start.length == HEADER_BYTES
                && Arrays.equals(start, 0, magic.length, magic, 0, magic.length)
                && Byte.toUnsignedInt(start[HEADER_BYTES - 1])
                        == ByteBuffer.wrap(start).getInt(magic.length)
                && start[HEADER_BYTES - 1] > VERSION;
    }

    /** The whole record that would stand at this offset. */
    static byte[] record(long offset, int type, byte[] payload) {
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw tooLarge(payload.length);
        }
        return ByteBuffer.allocate(RECORD_HEADER_BYTES + payload.length)
                .putInt(payload.length)
                .putInt(checksum(offset, type, payload))
                .put((byte) type)
                .put(payload)
                .array();
    }

    /**
     * A sealed record, appended to what comes before it, without a copy of its own.
     *
     * @throws IllegalArgumentException if the entry has no format or takes too many bytes; like whatever else its writer
     *     throws, that leaves nothing behind
     */
    static void write(Encoder out, long offset, Entry entry, Seal seal) {
        int start = out.size();
        int type = EntryCodec.type(entry);
        out.i32(0).i32(0).u8(type);
        try {
            EntryCodec.write(out, entry);
        } catch (RuntimeException e) {
            out.cut(start);
            throw e;
        }
        seal.close(out, start + RECORD_HEADER_BYTES);
        ByteBuffer record = out.written(start);
        int length = record.remaining() - RECORD_HEADER_BYTES;
        if (length > MAX_PAYLOAD_BYTES) {
            out.cut(start);
            throw tooLarge(length);
        }
        int checksum = checksum(offset, type, record.slice(RECORD_HEADER_BYTES, length));
        record.putInt(0, length).putInt(Integer.BYTES, checksum);
    }

    private static IllegalArgumentException tooLarge(int length) {
        return new IllegalArgumentException(
                "an entry takes " + length + " bytes, at most " + MAX_PAYLOAD_BYTES + " are allowed");
    }

    static int checksum(long offset, int type, byte[] payload) {
        return checksum(offset, type, ByteBuffer.wrap(payload));
    }

    static int checksum(long offset, int type, ByteBuffer payload) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES + Integer.BYTES + 1)
                .putLong(offset)
                .putInt(payload.remaining())
                .put((byte) type)
                .flip());
        crc.update(payload);
        return (int) crc.getValue();
    }

    /** Fills the buffer from a position of the file and flips it; at the end of the file it stays short. */
    static void readAt(FileChannel channel, long position, ByteBuffer buffer) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            int n = channel.read(buffer, at);
            if (n < 0) {
                break;
            }
            at += n;
        }
        buffer.flip();
    }
}

package org.aevo.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.aevo.io.RegularFile;

/**
 * The beginning of a journal, told from any other: what was made from it can say which records it shows. A journal only
 * grows, so that the digest of its first bytes stays.
 *
 * @param bytes length of the beginning
 * @param crc32c of these bytes
 */
public record JournalDigest(long bytes, int crc32c) {
    /** Of no journal. */
    public static final JournalDigest NONE = new JournalDigest(0, 0);

    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * The digest of a journal's first bytes; empty if it has fewer.
     *
     * @throws RecordException if it cannot be read
     */
    public static Optional<JournalDigest> of(Path journal, long bytes) throws RecordException {
        Running running = new Running();
        try (FileChannel channel = RegularFile.open(journal, StandardOpenOption.READ)) {
            if (bytes < 0 || channel.size() < bytes) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            while (running.bytes < bytes) {
                buffer.clear().limit((int) Math.min(BUFFER_BYTES, bytes - running.bytes));
                JournalFormat.readAt(channel, running.bytes, buffer);
                if (!buffer.hasRemaining()) {
                    return Optional.empty();
                }
                running.add(buffer);
            }
        } catch (IOException e) {
            throw RecordException.of(journal, "be read", e);
        }
        return Optional.of(running.digest());
    }

    /** The digest of a beginning that grows. */
    static final class Running {
        private final CRC32C crc = new CRC32C();
        private long bytes;

        /** Takes in all that remains in the buffer. */
        void add(ByteBuffer more) {
            bytes += more.remaining();
            crc.update(more);
        }

        JournalDigest digest() {
            return new JournalDigest(bytes, (int) crc.getValue());
        }
    }
}

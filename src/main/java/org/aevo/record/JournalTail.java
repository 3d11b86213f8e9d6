package org.aevo.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** What is done to the end of a journal before more is appended to it. */
final class JournalTail {
    private static final int BUFFER_BYTES = 1 << 16;
    /** Rewritten of a journal without seals, and at least so much of any: more than is ever written together. */
    private static final long REWRITTEN_BYTES = 1 << 20;
    /** Of tails kept from one offset. More mean that something goes wrong again and again. */
    private static final int MOST_KEPT = 100;

    private JournalTail() {}

    /**
     * Cuts the file after its last good record. What is cut away is durable in a file beside the journal before, which
     * takes no other's place.
     *
     * @return that file; empty if there was nothing to cut
     * @throws RecordException if it cannot be kept; nothing is cut then
     */
    static Optional<Path> cut(Path journal, FileChannel channel, long end) throws IOException {
        Optional<Path> kept = channel.size() > end ? Optional.of(keep(journal, channel, end)) : Optional.empty();
        channel.truncate(end);
        return kept;
    }

    private static Path keep(Path journal, FileChannel channel, long end) throws IOException {
        for (int number = 1; number <= MOST_KEPT; number++) {
            Path place =
                    journal.resolveSibling(journal.getFileName() + ".cut-" + end + (number == 1 ? "" : "-" + number));
            if (!Files.exists(place)) {
                DurableFiles.replace(place, copy -> copy(channel, end, copy));
                return place;
            }
            // a crash between keeping and cutting leaves it there
            if (isSame(channel, end, place)) {
                return place;
            }
        }
        throw new RecordException(journal + ": its end is damaged behind offset " + end + ", and " + MOST_KEPT
                + " ends that were cut off there are kept already (" + journal.getFileName() + ".cut-" + end
                + "*): move them away");
    }

    private static void copy(FileChannel channel, long from, Path copy) throws IOException {
        try (FileChannel to = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            long size = channel.size();
            for (long at = from; at < size; ) {
                at += read(channel, at, size, buffer);
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
        }
    }

    private static boolean isSame(FileChannel channel, long from, Path file) throws IOException {
        long size = channel.size();
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.READ)) {
            if (other.size() != size - from) {
                return false;
            }
            ByteBuffer mine = ByteBuffer.allocate(BUFFER_BYTES);
            ByteBuffer its = ByteBuffer.allocate(BUFFER_BYTES);
            for (long at = from; at < size; ) {
                int n = read(channel, at, size, mine);
                read(other, at - from, size - from, its);
                if (!mine.equals(its)) {
                    return false;
                }
                at += n;
            }
        }
        return true;
    }

    /**
     * Writes the end of the file again, as it is, so that the next force tells of it: what a failed force left may be
     * readable, and yet the disk does not have it, nor will ever be given it, for the system takes it for written. What was
     * written together last is all that this can be about.
     *
     * @param lastWrite where that begins, as far as it is known
     */
    static void writeAgain(FileChannel channel, long lastWrite, long end) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (long at = Math.max(0, Math.min(lastWrite, end - REWRITTEN_BYTES)); at < end; ) {
            int n = read(channel, at, end, buffer);
            for (long to = at; buffer.hasRemaining(); ) {
                to += channel.write(buffer, to);
            }
            at += n;
        }
    }

    /** Fills the buffer from a position on, but not beyond the end; gives how much that is. */
    private static int read(FileChannel channel, long at, long end, ByteBuffer buffer) throws IOException {
        buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
        int expected = buffer.limit();
        JournalFormat.readAt(channel, at, buffer);
        if (buffer.remaining() < expected) {
            throw new IOException("the journal became shorter while it was read");
        }
        return expected;
    }
}

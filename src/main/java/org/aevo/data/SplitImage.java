package org.aevo.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** The bytes of a split as {@link CachedSplit} lays them out: in a file, or in the heap where there can be no file. */
interface SplitImage {
    /** Number of bytes so far. */
    long size() throws IOException;

    /** Writes all that the buffer has left; from where, counted from the first byte. */
    void write(ByteBuffer bytes, long position) throws IOException;

    /**
     * Reads some bytes into a buffer.
     *
     * @return how many; -1 at the end
     */
    int read(ByteBuffer bytes, long position) throws IOException;

    /** Some of the bytes, not copied; they are only read. */
    ByteBuffer map(long position, int bytes) throws IOException;

    /** Changes nothing, but is a write: who waits for a file sees that it is still worked on. */
    default void touch() throws IOException {
        ByteBuffer first = ByteBuffer.allocate(1);
        if (readFully(first, 0)) {
            write(first.flip(), 0);
        }
    }

    /** Fills the buffer; false if the image ends before it is full. */
    default boolean readFully(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            int read = read(bytes, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        return true;
    }

    /** In a file, which the caller keeps open while it is written or read; what is mapped needs it no more. */
    record InFile(FileChannel channel) implements SplitImage {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            long at = position;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            return channel.read(bytes, position);
        }

        @Override
        public ByteBuffer map(long position, int bytes) throws IOException {
            return channel.map(FileChannel.MapMode.READ_ONLY, position, bytes);
        }
    }

    /** In one array. */
    final class InHeap implements SplitImage {
        /** What an array holds, on every virtual machine. */
        static final long MOST_BYTES = Integer.MAX_VALUE - 8L;

        private final ByteBuffer all;

        /** All zero. */
        InHeap(int size) {
            all = ByteBuffer.allocate(size);
        }

        /**
         * As {@link #InHeap(int)}, if a heap has room for it beside what else is there.
         *
         * @param why there is none in a file
         * @throws DataException if it has not
         */
        static InHeap of(long size, String why) {
            long memory = Runtime.getRuntime().maxMemory();
            if (size > MOST_BYTES || size > memory / 2) {
                throw new DataException(
                        "the data take " + (size >> 20) + " MiB, and this process can keep them neither in"
                                + " a file (" + why + ") nor in half of its heap of " + (memory >> 20) + " MiB"
                                + (size > memory / 2 ? "" : ", where an array ends at 2047 MiB")
                                + ": name a folder with room in "
                                + CacheFolder.VARIABLE + ", or set smaller data.train, data.validation, data.test");
            }
            return new InHeap((int) size);
        }

        @Override
        public long size() {
            return all.capacity();
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            Objects.checkFromIndexSize(position, bytes.remaining(), size());
            all.put((int) position, bytes, bytes.position(), bytes.remaining());
            bytes.position(bytes.limit());
        }

        @Override
        public int read(ByteBuffer bytes, long position) {
            if (position >= size()) {
                return -1;
            }
            int length = (int) Math.min(bytes.remaining(), size() - position);
            bytes.put(all.slice((int) position, length));
            return length;
        }

        @Override
        public ByteBuffer map(long position, int bytes) {
            return all.slice((int) position, bytes);
        }
    }
}

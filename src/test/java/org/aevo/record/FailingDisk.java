package org.aevo.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file on a disk that fails, as Linux shows it: what a failed force was to write stays readable, but counts as written,
 * and no later force gives it to the disk unless it is written again.
 */
final class FailingDisk {
    private final Path file;
    private byte[] stored;
    /** Bytes written since the last force, of the file as it is read. */
    private final boolean[] dirty = new boolean[1 << 23];

    private boolean failing;

    FailingDisk(Path file) throws IOException {
        this.file = file;
        this.stored = Files.readAllBytes(file);
    }

    void fail() {
        failing = true;
    }

    void mend() {
        failing = false;
    }

    /** What a power cut leaves. */
    byte[] stored() {
        return stored.clone();
    }

    FileChannel open(Path path, OpenOption... options) throws IOException {
        return new Channel(FileChannel.open(path, options));
    }

    private void force() throws IOException {
        byte[] cached = Files.readAllBytes(file);
        if (failing) {
            Arrays.fill(dirty, false);
            throw new IOException("Input/output error");
        }
        stored = Arrays.copyOf(stored, cached.length);
        for (int i = 0; i < cached.length; i++) {
            if (dirty[i]) {
                stored[i] = cached[i];
            }
        }
        Arrays.fill(dirty, false);
    }

    private final class Channel extends FileChannel {
        private final FileChannel under;

        Channel(FileChannel under) {
            this.under = under;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            int n = under.write(source, position);
            Arrays.fill(dirty, (int) position, (int) position + n, true);
            return n;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            if (failing) {
                throw new IOException("Input/output error");
            }
            under.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            FailingDisk.this.force();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return under.read(target, position);
        }

        @Override
        public long size() throws IOException {
            return under.size();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return under.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            under.close();
        }

        @Override
        public int read(ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long newPosition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}

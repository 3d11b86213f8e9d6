package org.aevo.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Reads the bytes of a file one after the other; every failure names the file. */
final class ByteReader implements AutoCloseable {
    private final Path path;
    private final InputStream in;
    private final byte[] buffer;
    private int position;
    private int limit;
    private long passed;
    private String expected = "more";

    ByteReader(Path path, InputStream in, int bufferSize) {
        this.path = path;
        this.in = in;
        this.buffer = new byte[bufferSize];
    }

    /** How many bytes should be there, and why: for the message if they are not. */
    void expecting(String text) {
        expected = text;
    }

    /** A big-endian number of 32 bits. */
    int i32() {
        byte[] bytes = new byte[Integer.BYTES];
        fill(bytes);
        return (bytes[0] & 0xFF) << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
    }

    /** Fills the array. */
    void fill(byte[] target) {
        int done = 0;
        while (done < target.length) {
            int part = Math.min(available(), target.length - done);
            System.arraycopy(buffer, position, target, done, part);
            position += part;
            done += part;
        }
    }

    /** Reads so many bytes and forgets them, so that compressed data are checked. */
    void drain(long count) {
        for (long left = count; left > 0; ) {
            int part = (int) Math.min(available(), left);
            position += part;
            left -= part;
        }
    }

    /** Checks that nothing follows. */
    void mustEnd() {
        if (position < limit || refill()) {
            throw new DataException(path + ": too long: more bytes than the expected " + expected);
        }
    }

    /** Number of bytes in the buffer, at least one. */
    private int available() {
        if (position == limit && !refill()) {
            throw truncated(null);
        }
        return limit - position;
    }

    private boolean refill() {
        try {
            passed += limit;
            position = 0;
            limit = 0;
            limit = Math.max(0, in.read(buffer));
            return limit > 0;
        } catch (EOFException e) {
            throw truncated(e);
        } catch (ZipException e) {
            throw new DataException(
                    path + ": damaged gzip data after " + passed + " decompressed bytes: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DataException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private DataException truncated(EOFException cause) {
        return new DataException(path + ": truncated: ends after " + passed + " bytes, expected " + expected, cause);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new DataException(path + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}

package org.aevo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file of bytes, plain or gzip; which of them, its first two bytes say. */
final class DataFile {
    private static final int BUFFER = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    private final Path path;
    private final long size;
    private final boolean gzip;

    /**
     * @throws DataException if there is no readable, regular, non-empty file
     */
    DataFile(Path path) {
        this.path = path;
        this.size = checkedSize(path);
        try (InputStream in = Files.newInputStream(path)) {
            this.gzip = (in.read() << 8 | in.read()) == GZIP_MAGIC;
        } catch (IOException e) {
            throw new DataException(path + ": cannot be read: " + reason(e), e);
        }
    }

    /**
     * The size of a file that has something in it.
     *
     * @throws DataException if there is no readable, regular, non-empty file
     */
    static long checkedSize(Path path) {
        if (Files.isDirectory(path)) {
            throw new DataException(path + ": is a directory, expected a file");
        }
        if (!Files.exists(path)) {
            throw new DataException(path + ": no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw new DataException(path + ": not a regular file");
        }
        if (!Files.isReadable(path)) {
            throw new DataException(path + ": may not be read (permissions)");
        }
        try {
            long size = Files.size(path);
            if (size == 0) {
                throw new DataException(path + ": is empty");
            }
            return size;
        } catch (IOException e) {
            throw new DataException(path + ": cannot be read: " + reason(e), e);
        }
    }

    Path path() {
        return path;
    }

    /** The bytes from the start, decompressed. */
    ByteReader open() {
        InputStream in = null;
        try {
            in = Files.newInputStream(path);
            return new ByteReader(path, gzip ? new GZIPInputStream(in, BUFFER) : in, BUFFER);
        } catch (IOException e) {
            DataException failure = new DataException(path + ": cannot be read: " + reason(e), e);
            if (in != null) {
                try {
                    in.close();
                } catch (IOException suppressed) {
                    failure.addSuppressed(suppressed);
                }
            }
            throw failure;
        }
    }

    /**
     * Checks the length; a compressed file is read to its end for it, or to one byte more than expected.
     *
     * @param what the bytes are, for the message
     * @throws DataException if there are less or more bytes, or the compressed ones are damaged
     */
    void mustHold(long expected, String what) {
        if (!gzip) {
            if (size != expected) {
                throw new DataException(path + ": " + (size < expected ? "truncated" : "too long") + ": " + size
                        + " bytes, expected " + expected + " (" + what + ")");
            }
            return;
        }
        try (ByteReader in = open()) {
            in.expecting(expected + " (" + what + ")");
            in.drain(expected);
            in.mustEnd();
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}

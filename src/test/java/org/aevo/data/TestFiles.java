package org.aevo.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Writes data files in their real formats. */
final class TestFiles {
    static final int CIFAR_RECORD = 3073;

    private TestFiles() {}

    /** An IDX file of unsigned bytes. */
    static byte[] idx(byte[] values, int... sides) {
        return idx(0x08, values, sides);
    }

    static byte[] idx(int type, byte[] values, int... sides) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * sides.length + values.length);
        file.putInt(type << 8 | sides.length);
        for (int side : sides) {
            file.putInt(side);
        }
        return file.put(values).array();
    }

    static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static Path write(Path path, byte[] bytes) {
        try {
            return Files.write(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory in MNIST's form with images of 5x4: 30 for training, 10 for test; image i is full of i. */
    static Path mnist(Path directory) {
        write(directory.resolve("train-images-idx3-ubyte"), idx(images(30, 20), 30, 5, 4));
        write(directory.resolve("train-labels-idx1-ubyte"), idx(labels(30), 30));
        write(directory.resolve("t10k-images-idx3-ubyte.gz"), gzip(idx(images(10, 20), 10, 5, 4)));
        write(directory.resolve("t10k-labels-idx1-ubyte.gz"), gzip(idx(labels(10), 10)));
        return directory;
    }

    /** Sample i is full of the value i. */
    static byte[] images(int count, int size) {
        byte[] values = new byte[count * size];
        for (int i = 0; i < count; i++) {
            Arrays.fill(values, i * size, (i + 1) * size, (byte) i);
        }
        return values;
    }

    /** The label of sample i is i mod 10. */
    static byte[] labels(int count) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 10);
        }
        return labels;
    }

    /** Records with the label i mod 10, red, green and blue planes of i, i + 1 and i + 2, from a first i. */
    static byte[] cifar(int first, int count) {
        byte[] bytes = new byte[count * CIFAR_RECORD];
        for (int i = 0; i < count; i++) {
            int start = i * CIFAR_RECORD;
            bytes[start] = (byte) ((first + i) % 10);
            for (int plane = 0; plane < 3; plane++) {
                Arrays.fill(
                        bytes, start + 1 + plane * 1024, start + 1 + (plane + 1) * 1024, (byte) (first + i + plane));
            }
        }
        return bytes;
    }

    /** A directory in CIFAR-10's form; the files have fewer records than the real ones. */
    static Path cifarDirectory(Path directory, int recordsPerFile) {
        for (int i = 0; i < 5; i++) {
            write(directory.resolve("data_batch_" + (i + 1) + ".bin"), cifar(i * recordsPerFile, recordsPerFile));
        }
        write(directory.resolve("test_batch.bin"), cifar(100, recordsPerFile));
        return directory;
    }
}

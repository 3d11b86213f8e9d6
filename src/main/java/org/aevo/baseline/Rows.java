package org.aevo.baseline;

import java.util.Objects;

/**
 * Samples that are read a part at a time.
 *
 * @param count of samples
 * @param size values of each
 * @param reader of a part of them
 */
public record Rows(int count, int size, Reader reader) {
    /** Beyond this the products of values with values take more than 512 MB. */
    public static final int MAX_SIZE = 8192;

    /** So many at a time. */
    static final int PART = 1024;

    /** Where the values are. */
    @FunctionalInterface
    public interface Reader {
        /** Those of the samples {@code from} to {@code to - 1}, in C order [sample, value]. */
        float[] values(int from, int to);
    }

    public Rows {
        if (count < 1) {
            throw new IllegalArgumentException("a linear model needs at least one sample, there are " + count);
        }
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "a linear model takes samples of 1 to " + MAX_SIZE + " values, these have " + size);
        }
        Objects.requireNonNull(reader, "reader");
    }

    /** The first sample behind the part that begins at {@code from}. */
    static int end(int from, int to) {
        return Math.min(to, from + PART);
    }

    /** The samples {@code from} to {@code to - 1}, finite. */
    float[] values(int from, int to) {
        float[] values = reader.values(from, to);
        if (values.length != (to - from) * size) {
            throw new IllegalArgumentException("samples " + from + " to " + (to - 1) + " should be "
                    + (to - from) * size + " values, were " + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "sample " + (from + i / size) + ": value " + i % size + " is not finite: " + values[i]);
            }
        }
        return values;
    }
}

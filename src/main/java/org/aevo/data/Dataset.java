package org.aevo.data;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Samples of one shape, as floats in [0, 1] in C order {@code [sample, channel, row, column]}. A vector of n features
 * has the shape {@code [n, 1, 1]}. Where they are kept, in the heap or in a file that processes share, cannot be seen.
 */
public final class Dataset {
    private final int channels;
    private final int height;
    private final int width;
    private final Values values;
    private final Optional<int[]> labels;
    private final Optional<Dataset> clean;

    /**
     * @param values are copied
     * @param labels one per sample, not copied
     * @throws IllegalArgumentException if the values are no whole number of samples, or the labels do not fit
     */
    public Dataset(int channels, int height, int width, float[] values, Optional<int[]> labels) {
        this(channels, height, width, kept(channels, height, width, values), labels);
    }

    Dataset(int channels, int height, int width, Values values, Optional<int[]> labels) {
        this(channels, height, width, values, labels, Optional.empty());
    }

    private Dataset(
            int channels, int height, int width, Values values, Optional<int[]> labels, Optional<Dataset> clean) {
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.values = Objects.requireNonNull(values, "values");
        this.labels = Objects.requireNonNull(labels, "labels");
        this.clean = clean;
        if (sampleSize(channels, height, width) != values.size()) {
            throw new IllegalArgumentException(
                    values.size() + " values are no sample of " + channels + "x" + height + "x" + width);
        }
        if (labels.isPresent() && labels.get().length != count()) {
            throw new IllegalArgumentException(labels.get().length + " labels for " + count() + " samples");
        }
    }

    /**
     * Samples with clean targets.
     *
     * @param values of the samples, then as many of their targets, in the same order
     */
    static Dataset paired(int channels, int height, int width, Values values, Optional<int[]> labels) {
        int count = values.count() / 2;
        Dataset targets = new Dataset(channels, height, width, values.part(count, count), labels);
        return new Dataset(channels, height, width, values.part(0, count), labels, Optional.of(targets));
    }

    private static int sampleSize(int channels, int height, int width) {
        long size = (long) positive("channels", channels) * positive("height", height) * positive("width", width);
        return Math.toIntExact(size);
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
        return value;
    }

    private static Values kept(int channels, int height, int width, float[] values) {
        int size = sampleSize(channels, height, width);
        if (values.length % size != 0) {
            throw new IllegalArgumentException(values.length + " values are no whole number of samples of " + channels
                    + "x" + height + "x" + width);
        }
        Rows rows = Rows.of(size * Float.BYTES, values.length / size, (start, bytes) -> {
            ByteBuffer segment = ByteBuffer.allocate(bytes).order(Rows.ORDER);
            segment.asFloatBuffer().put(values, (int) (start / Float.BYTES), bytes / Float.BYTES);
            return segment;
        });
        return new Values(Values.Type.FLOATS, rows);
    }

    public int channels() {
        return channels;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    /** Values per sample. */
    public int sampleSize() {
        return values.size();
    }

    /** Number of samples. */
    public int count() {
        return values.count();
    }

    /**
     * Copies the samples {@code order[from]} to {@code order[to - 1]} to the buffer's position, and moves that on.
     *
     * @throws java.nio.BufferOverflowException if there is no room for them
     */
    public void copy(int[] order, int from, int to, FloatBuffer target) {
        values.copy(order, from, to, target);
    }

    /** A copy of the samples {@code from} to {@code to - 1}. */
    public float[] values(int from, int to) {
        Objects.checkFromToIndex(from, to, count());
        float[] copy = new float[Math.multiplyExact(to - from, sampleSize())];
        values.copy(IntStream.range(from, to).toArray(), 0, to - from, FloatBuffer.wrap(copy));
        return copy;
    }

    /** A copy of all values. */
    public float[] values() {
        return values(0, count());
    }

    /** A copy of the values of one sample. */
    public float[] sample(int index) {
        Objects.checkIndex(index, count());
        return values(index, index + 1);
    }

    /** One label per sample, where the source has labels; not a copy. */
    public Optional<int[]> labels() {
        return labels;
    }

    /** What should come out for these samples, in the same order, where that is something else. */
    public Optional<Dataset> clean() {
        return clean;
    }

    @Override
    public String toString() {
        return count() + " samples of " + channels + "x" + height + "x" + width;
    }
}

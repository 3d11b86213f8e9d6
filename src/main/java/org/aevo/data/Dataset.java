package org.aevo.data;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Samples of one shape, as floats in [0, 1] in C order {@code [sample, channel, row, column]}. A vector of n features
 * has the shape {@code [n, 1, 1]}.
 */
public final class Dataset {
    private final int channels;
    private final int height;
    private final int width;
    private final float[] values;
    private final Optional<int[]> labels;

    /**
     * @param values not copied: treat as immutable
     * @param labels one per sample, not copied
     * @throws IllegalArgumentException if the values are no whole number of samples, or the labels do not fit
     */
    public Dataset(int channels, int height, int width, float[] values, Optional<int[]> labels) {
        this.channels = positive("channels", channels);
        this.height = positive("height", height);
        this.width = positive("width", width);
        this.values = Objects.requireNonNull(values, "values");
        this.labels = Objects.requireNonNull(labels, "labels");
        long size = (long) channels * height * width;
        if (values.length % size != 0) {
            throw new IllegalArgumentException(values.length + " values are no whole number of samples of " + channels
                    + "x" + height + "x" + width);
        }
        if (labels.isPresent() && labels.get().length != count()) {
            throw new IllegalArgumentException(labels.get().length + " labels for " + count() + " samples");
        }
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
        return value;
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
        return channels * height * width;
    }

    /** Number of samples. */
    public int count() {
        return values.length / sampleSize();
    }

    /** All values; not a copy. */
    public float[] values() {
        return values;
    }

    /** One label per sample, where the source has labels; not a copy. */
    public Optional<int[]> labels() {
        return labels;
    }

    /** A copy of the values of one sample. */
    public float[] sample(int index) {
        Objects.checkIndex(index, count());
        return Arrays.copyOfRange(values, index * sampleSize(), (index + 1) * sampleSize());
    }

    @Override
    public String toString() {
        return count() + " samples of " + channels + "x" + height + "x" + width;
    }
}

package org.aevo.train;

import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.stream.IntStream;
import org.aevo.genome.Shape;

/** What networks are trained and measured on: samples of one shape, in C order [sample, channel, row, column]. */
public final class Samples {
    private final Shape shape;
    private final int count;
    private final Source source;

    /** Where the values are. */
    @FunctionalInterface
    public interface Source {
        /** As {@link Samples#copy}. */
        void copy(int[] order, int from, int to, FloatBuffer target);
    }

    /**
     * @param shape of one sample
     * @param count number of samples, at least 1
     */
    public Samples(Shape shape, int count, Source source) {
        if (count < 1) {
            throw new IllegalArgumentException("samples: count must be at least 1, was " + count);
        }
        this.shape = Objects.requireNonNull(shape, "shape");
        this.count = count;
        this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * @param values not copied: treat as immutable
     */
    public Samples(Shape shape, int count, float[] values) {
        this(shape, count, new InHeap(values, Math.toIntExact(shape.size())));
        if (shape.size() * count != values.length) {
            throw new IllegalArgumentException("samples: " + count + " of shape " + shape + " need "
                    + shape.size() * count + " values, there are " + values.length);
        }
    }

    /** Of one sample. */
    public Shape shape() {
        return shape;
    }

    public int count() {
        return count;
    }

    /**
     * Copies the samples {@code order[from]} to {@code order[to - 1]} to the buffer's position, and moves that on.
     *
     * @throws java.nio.BufferOverflowException if there is no room for them
     */
    public void copy(int[] order, int from, int to, FloatBuffer target) {
        source.copy(order, from, to, target);
    }

    /** A copy of the samples {@code from} to {@code to - 1}. */
    public float[] values(int from, int to) {
        Objects.checkFromToIndex(from, to, count);
        float[] copy = new float[Math.toIntExact(shape.size() * (to - from))];
        copy(IntStream.range(from, to).toArray(), 0, to - from, FloatBuffer.wrap(copy));
        return copy;
    }

    /** A copy of all values; for small sets. */
    public float[] values() {
        return values(0, count);
    }

    private record InHeap(float[] values, int size) implements Source {
        @Override
        public void copy(int[] order, int from, int to, FloatBuffer target) {
            for (int i = from; i < to; i++) {
                target.put(values, order[i] * size, size);
            }
        }
    }
}

package org.aevo.train;

import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aevo.network.Shape;

/** What networks are trained and measured on: samples of one shape, in C order [sample, channel, row, column]. */
public final class Samples {
    private final Shape shape;
    private final int count;
    private final Source source;
    private final Optional<Samples> inputs;

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
        this(shape, count, source, Optional.empty());
    }

    private Samples(Shape shape, int count, Source source, Optional<Samples> inputs) {
        if (count < 1) {
            throw new IllegalArgumentException("samples: count must be at least 1, was " + count);
        }
        this.shape = Objects.requireNonNull(shape, "shape");
        this.count = count;
        this.source = Objects.requireNonNull(source, "source");
        this.inputs = inputs;
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

    /**
     * Samples that should come out where others go in.
     *
     * @param inputs as many as there are targets, in the same order
     * @throws IllegalArgumentException if they are not
     */
    public static Samples pairs(Samples inputs, Samples targets) {
        if (inputs.count != targets.count || !inputs.shape.equals(targets.shape)) {
            throw new IllegalArgumentException("samples: " + inputs.count + " inputs of shape " + inputs.shape + " for "
                    + targets.count + " targets of shape " + targets.shape);
        }
        return new Samples(targets.shape, targets.count, targets.source, Optional.of(inputs));
    }

    /**
     * Some of these samples, in another order: they take no memory but that of their numbers.
     *
     * @param which of these each is
     */
    public Samples chosen(int[] which) {
        int[] mine = which.clone();
        Source some = (order, from, to, target) -> {
            int[] mapped = new int[to - from];
            for (int i = from; i < to; i++) {
                mapped[i - from] = mine[order[i]];
            }
            source.copy(mapped, 0, mapped.length, target);
        };
        return new Samples(shape, mine.length, some, inputs.map(all -> all.chosen(mine)));
    }

    /**
     * These samples, and others of the same shape after them.
     *
     * @throws IllegalArgumentException if their shape is another
     */
    public Samples followedBy(Samples others) {
        if (!shape.equals(others.shape) || inputs.isPresent() != others.inputs.isPresent()) {
            throw new IllegalArgumentException(
                    "samples: those of shape " + others.shape + " cannot follow those of shape " + shape);
        }
        Source both = (order, from, to, target) -> {
            int[] one = new int[1];
            for (int i = from; i < to; i++) {
                boolean first = order[i] < count;
                one[0] = first ? order[i] : order[i] - count;
                (first ? source : others.source).copy(one, 0, 1, target);
            }
        };
        return new Samples(
                shape,
                Math.addExact(count, others.count),
                both,
                inputs.map(all -> all.followedBy(others.inputs.orElseThrow())));
    }

    /** What is given to go in for these to come out: they themselves, unless they are of {@link #pairs}. */
    public Samples inputs() {
        return inputs.orElse(this);
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

package org.aevo.data;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * The values of samples, in the form in which they are kept. Images of bytes stay bytes, a fourth of the size, and become
 * floats when a batch is copied.
 */
final class Values {
    /** How a value is kept. */
    enum Type {
        /** Unsigned; scaled by {@link Scaler#BYTES} when it is copied. */
        BYTES(1),
        /** Scaled already. */
        FLOATS(Float.BYTES);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** The form in which values of a scaling are kept. */
        static Type of(Scaler scaler) {
            return scaler.rule() == Scaler.Rule.BYTES ? BYTES : FLOATS;
        }

        /** Bytes of one value. */
        int bytes() {
            return bytes;
        }
    }

    private static final float[] SCALED = scaled();

    private final Type type;
    private final Rows rows;
    private final int first;
    private final int count;

    Values(Type type, Rows rows) {
        this(type, rows, 0, rows.count());
    }

    private Values(Type type, Rows rows, int first, int count) {
        this.type = type;
        this.rows = rows;
        this.first = first;
        this.count = count;
    }

    /** Some of them, not copied. */
    Values part(int from, int size) {
        Objects.checkFromIndexSize(from, size, count);
        return new Values(type, rows, first + from, size);
    }

    /** What each byte becomes, by its unsigned value. */
    static float[] scaledBytes() {
        return SCALED.clone();
    }

    private static float[] scaled() {
        double[] bytes = new double[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = i;
        }
        float[] scaled = new float[bytes.length];
        Scaler.BYTES.scale(bytes, scaled, 0);
        return scaled;
    }

    /** Number of samples. */
    int count() {
        return count;
    }

    /** Values of one sample. */
    int size() {
        return rows.rowBytes() / type.bytes();
    }

    /** Copies the samples {@code order[from]} to {@code order[to - 1]} to the buffer's position, and moves that on. */
    void copy(int[] order, int from, int to, FloatBuffer target) {
        Copier copier = new Copier(target);
        for (int i = from; i < to; i++) {
            copier.copy(first + Objects.checkIndex(order[i], count));
        }
    }

    /** One after the other, with what memory that takes. */
    private final class Copier {
        private final FloatBuffer target;
        private final byte[] bytes = new byte[type == Type.BYTES ? size() : 0];
        private final float[] floats = new float[bytes.length];

        Copier(FloatBuffer target) {
            this.target = target;
        }

        void copy(int sample) {
            ByteBuffer segment = rows.segment(sample);
            int start = rows.start(sample);
            switch (type) {
                case BYTES -> {
                    segment.get(start, bytes);
                    for (int i = 0; i < bytes.length; i++) {
                        floats[i] = SCALED[bytes[i] & 0xFF];
                    }
                    target.put(floats);
                }
                case FLOATS ->
                    target.put(segment.slice(start, rows.rowBytes())
                            .order(Rows.ORDER)
                            .asFloatBuffer());
            }
        }
    }
}

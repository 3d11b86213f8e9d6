package org.aevo.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes values into a growing array of bytes. */
public final class Encoder {
    private static final int FEW = 512;

    private ByteBuffer bytes;

    public Encoder() {
        this(FEW);
    }

    /**
     * The same for large values: nothing is copied on the way to so many bytes.
     *
     * @param capacity bytes that are expected
     */
    public Encoder(int capacity) {
        this.bytes = ByteBuffer.allocate(Math.max(FEW, capacity));
    }

    public Encoder u8(int value) {
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException("not an unsigned byte: " + value);
        }
        room(1).put((byte) value);
        return this;
    }

    public Encoder bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    public Encoder i32(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    public Encoder i64(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    public Encoder f64(double value) {
        room(Double.BYTES).putDouble(value);
        return this;
    }

    public Encoder text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A length and the bytes. */
    public Encoder bytes(byte[] value) {
        room(Math.addExact(Integer.BYTES, value.length)).putInt(value.length).put(value);
        return this;
    }

    /** Bytes without a length. */
    public Encoder raw(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    /** A length and the values. */
    public Encoder floats(float[] values) {
        int length = Math.multiplyExact(values.length, Float.BYTES);
        room(Math.addExact(Integer.BYTES, length)).putInt(values.length);
        bytes.asFloatBuffer().put(values);
        bytes.position(bytes.position() + length);
        return this;
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            long needed = (long) bytes.position() + more;
            if (needed > Integer.MAX_VALUE - 8) {
                throw new IllegalStateException("more than 2 GiB in one piece");
            }
            int capacity = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.capacity()));
            bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
        }
        return bytes;
    }

    /** Bytes written so far. */
    public int size() {
        return bytes.position();
    }

    /** All that was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** What was written from a place on, to be read or changed; a view, until more is written. */
    public ByteBuffer written(int from) {
        return bytes.duplicate().flip().position(from).slice();
    }

    /** Forgets what was written after the first so many bytes. */
    public void cut(int size) {
        bytes.position(Math.min(size, bytes.position()));
    }
}

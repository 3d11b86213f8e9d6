package org.aevo.codec;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes values into a growing array of bytes. */
public final class Encoder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** Appends to the array; a {@link DataOutputStream} over memory never fails. */
    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    private Encoder put(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Encoder u8(int value) {
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException("not an unsigned byte: " + value);
        }
        return put(() -> out.writeByte(value));
    }

    public Encoder bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    public Encoder i32(int value) {
        return put(() -> out.writeInt(value));
    }

    public Encoder i64(long value) {
        return put(() -> out.writeLong(value));
    }

    public Encoder f64(double value) {
        return put(() -> out.writeDouble(value));
    }

    public Encoder text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A length and the bytes. */
    public Encoder bytes(byte[] value) {
        return put(() -> {
            out.writeInt(value.length);
            out.write(value);
        });
    }

    /** A length and the values. */
    public Encoder floats(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        buffer.asFloatBuffer().put(values);
        return put(() -> {
            out.writeInt(values.length);
            out.write(buffer.array());
        });
    }

    /** All that was written. */
    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}

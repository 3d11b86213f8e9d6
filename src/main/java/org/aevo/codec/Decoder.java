package org.aevo.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads back what an {@link Encoder} wrote; trusts nothing. */
public final class Decoder {
    private final ByteBuffer in;

    public Decoder(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    public int u8() throws MalformedDataException {
        return need(1, "a byte").get() & 0xFF;
    }

    public boolean bool() throws MalformedDataException {
        int value = u8();
        if (value > 1) {
            throw new MalformedDataException("a truth value is 0 or 1, found " + value);
        }
        return value == 1;
    }

    public int i32() throws MalformedDataException {
        return need(Integer.BYTES, "a 32-bit number").getInt();
    }

    public long i64() throws MalformedDataException {
        return need(Long.BYTES, "a 64-bit number").getLong();
    }

    public double f64() throws MalformedDataException {
        return need(Double.BYTES, "a floating-point number").getDouble();
    }

    public String text() throws MalformedDataException {
        byte[] utf8 = bytes();
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new MalformedDataException("a text is not UTF-8", e);
        }
    }

    public byte[] bytes() throws MalformedDataException {
        int length = length(1, "bytes");
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    public float[] floats() throws MalformedDataException {
        int length = length(Float.BYTES, "floats");
        float[] values = new float[length];
        in.asFloatBuffer().get(values);
        in.position(in.position() + length * Float.BYTES);
        return values;
    }

    /**
     * The length of a list whose entries take at least so many bytes each.
     *
     * @throws MalformedDataException if so many do not fit into what is left
     */
    public int length(int bytesPerEntry, String what) throws MalformedDataException {
        int length = i32();
        if (length < 0 || (long) length * bytesPerEntry > in.remaining()) {
            throw new MalformedDataException(
                    length + " " + what + " announced, but " + in.remaining() + " bytes are left");
        }
        return length;
    }

    /**
     * @throws MalformedDataException if anything is left
     */
    public void end() throws MalformedDataException {
        if (in.hasRemaining()) {
            throw new MalformedDataException(in.remaining() + " bytes too many");
        }
    }

    private ByteBuffer need(int count, String what) throws MalformedDataException {
        if (in.remaining() < count) {
            throw new MalformedDataException("ends in the middle of " + what);
        }
        return in;
    }
}

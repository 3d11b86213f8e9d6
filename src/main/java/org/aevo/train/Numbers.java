package org.aevo.train;

import java.nio.ByteBuffer;

/** Floats as bytes, to be said to others. */
final class Numbers {
    private Numbers() {}

    /** Some of an array. */
    static byte[] bytes(float[] values, int from, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(count, Float.BYTES));
        bytes.asFloatBuffer().put(values, from, count);
        return bytes.array();
    }

    /**
     * Puts them into an array.
     *
     * @throws IllegalStateException if they are not as many
     */
    static void floats(byte[] bytes, float[] values, int from, int count) {
        if (bytes.length != (long) count * Float.BYTES) {
            throw new IllegalStateException(bytes.length + " bytes were said where " + count + " floats are wanted");
        }
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values, from, count);
    }
}

package org.aevo.task;

import org.aevo.random.SplitMix;

/**
 * Values that are lost, without a branch for each: half the time of a loop with one would go into guessing it wrong.
 *
 * @param below of 2^31 equally likely numbers, those that lose a value
 * @param ones of these, those that make it 1
 */
record LostValues(int below, int ones) {
    private static final int ONE = Float.floatToRawIntBits(1);

    static LostValues of(double fraction, boolean salt) {
        int below = (int) Math.round(fraction * (1L << Integer.SIZE - 1));
        return new LostValues(below, salt ? below / 2 : 0);
    }

    void apply(float[] values, SplitMix random) {
        long bits = 0;
        for (int i = 0; i < values.length; i++) {
            bits = (i & 1) == 0 ? random.next() : bits >>> Integer.SIZE;
            int draw = (int) bits >>> 1;
            // all bits set, or none
            int lost = draw - below >> Integer.SIZE - 1;
            int salted = draw - ones >> Integer.SIZE - 1;
            int kept = Float.floatToRawIntBits(values[i]) & ~lost;
            values[i] = Float.intBitsToFloat(kept | salted & ONE);
        }
    }
}

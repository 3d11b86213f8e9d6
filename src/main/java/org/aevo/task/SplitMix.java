package org.aevo.task;

/**
 * SplitMix64 (G. Steele, D. Lea, C. Flood, 2014, Fast splittable pseudorandom number generators): written out, so that a
 * corruption is the same on every Java.
 */
public final class SplitMix {
    private long state;

    SplitMix(long seed) {
        this.state = seed;
    }

    /** 64 random bits. */
    long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}

package org.aevo.random;

/**
 * SplitMix64 (G. Steele, D. Lea, C. Flood, 2014, Fast splittable pseudorandom number generators): written out, so that its
 * numbers are the same on every Java.
 */
public final class SplitMix {
    /** What its state grows by: 2^64 by the golden ratio, odd. */
    static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public SplitMix(long seed) {
        this.state = seed;
    }

    /** 64 random bits. */
    public long next() {
        state += GAMMA;
        return finalized(state);
    }

    /** Its finaliser: neighbouring numbers become unrelated ones, no two the same. */
    static long finalized(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}

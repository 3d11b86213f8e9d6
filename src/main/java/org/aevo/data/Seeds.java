package org.aevo.data;

import java.util.Random;

/** Independent random streams from one seed. {@link Random}'s algorithm is specified: the same on every JVM. */
final class Seeds {
    static final int SAMPLES = 1;
    static final int SPLIT = 2;
    static final int TEST_SPLIT = 3;
    static final int VALIDATION_SPLIT = 4;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /** Neighbouring seeds give unrelated streams (the finaliser of SplitMix64). */
    static Random random(long seed, int stream) {
        long z = seed + stream * GOLDEN_GAMMA;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return new Random(z ^ z >>> 31);
    }
}

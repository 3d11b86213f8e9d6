package org.aevo.random;

import java.util.Random;

/** Seeds from seeds: streams of random numbers that have nothing to do with each other. */
public final class Seeds {
    private Seeds() {}

    /** The seed of one of many things that a seed stands for, by its number alone: two rounds of {@link SplitMix}'s finaliser. */
    public static long of(long seed, long number) {
        return SplitMix.finalized(SplitMix.finalized(seed) + SplitMix.GAMMA * (number + 1));
    }

    /**
     * A stream of {@link Random}, whose algorithm is specified; neighbouring seeds give unrelated streams.
     *
     * @param stream number of the stream, from 1
     */
    public static Random stream(long seed, int stream) {
        return new Random(SplitMix.finalized(seed + stream * SplitMix.GAMMA));
    }
}

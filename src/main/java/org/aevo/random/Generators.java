package org.aevo.random;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Generators of one algorithm for all that is drawn in order, L64X128MixRandom (Steele and Vigna 2021). */
public final class Generators {
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private Generators() {}

    /** A generator that gives the same numbers for the same seed on any machine. */
    public static RandomGenerator seeded(long seed) {
        return FACTORY.create(seed);
    }
}

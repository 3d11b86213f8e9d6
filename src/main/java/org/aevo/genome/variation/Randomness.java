package org.aevo.genome.variation;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The one random algorithm of the search: L64X128MixRandom (Steele and Vigna 2021). */
public final class Randomness {
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private Randomness() {}

    /** A generator that gives the same numbers for the same seed on any machine. */
    public static RandomGenerator seeded(long seed) {
        return FACTORY.create(seed);
    }
}

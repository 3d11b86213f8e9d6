package org.aevo.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeedsTest {
    /** Java's own generator is SplitMix64 with the same increment until it is split. */
    @Test
    void splitMixIsTheOneOfThePaper() {
        SplittableRandom other = new SplittableRandom(4711);
        SplitMix ours = new SplitMix(4711);
        for (int i = 0; i < 1000; i++) {
            assertEquals(other.nextLong(), ours.next());
        }
    }

    /** What runs recorded stands on these numbers: they may never change. */
    @Test
    void seedsAreWhatTheyWere() {
        assertEquals(-4616330145664149646L, Seeds.of(1, 0));
        assertEquals(7753389705546697726L, Seeds.of(7, 41));
        assertEquals(7451857913748571370L, Seeds.of(-5, 1L << 40));
        assertEquals(-7455391022802933507L, Seeds.stream(9, 1).nextLong());
        assertEquals(-6510412627884908346L, Seeds.stream(9, 2).nextLong());
    }

    @Test
    void neighboursHaveNothingInCommon() {
        Set<Long> seen = new HashSet<>();
        for (long seed = -20; seed < 20; seed++) {
            for (long number = 0; number < 200; number++) {
                seen.add(Seeds.of(seed, number));
            }
        }
        assertEquals(40 * 200, seen.size());
    }
}

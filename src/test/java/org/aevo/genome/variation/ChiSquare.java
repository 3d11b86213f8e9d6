package org.aevo.genome.variation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Pearson's test that observed counts come from given probabilities. */
public final class ChiSquare {
    /** Of the standard normal distribution at 0.999. */
    private static final double Z = 3.0902;

    private ChiSquare() {}

    /** Fails if counts like these have a probability under 0.001. */
    public static void assertFits(double[] probabilities, long[] counts) {
        assertEquals(1, Arrays.stream(probabilities).sum(), 1e-9, "probabilities");
        long total = LongStream.of(counts).sum();
        double statistic = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = probabilities[i] * total;
            assertTrue(expected >= 5, "too few draws for class " + i);
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        double limit = critical(counts.length - 1);
        assertTrue(
                statistic < limit,
                "chi-square " + statistic + " over " + limit + ": " + Arrays.toString(counts) + " for "
                        + Arrays.toString(probabilities));
    }

    /** Fails if so many events in so many trials are unlikely at this probability. */
    public static void assertRate(double probability, long events, long trials) {
        assertFits(new double[] {probability, 1 - probability}, new long[] {events, trials - events});
    }

    /** Fails if the counts are not about equal. */
    public static void assertUniform(long[] counts) {
        double[] equal = new double[counts.length];
        Arrays.fill(equal, 1.0 / counts.length);
        assertFits(equal, counts);
    }

    /** Wilson and Hilferty 1931. */
    private static double critical(int degrees) {
        double a = 2.0 / (9 * degrees);
        return degrees * Math.pow(1 - a + Z * Math.sqrt(a), 3);
    }
}

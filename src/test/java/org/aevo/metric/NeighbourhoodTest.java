package org.aevo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NeighbourhoodTest {
    private static float[] gaussian(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void theSameSpaceKeepsAllNeighbours() {
        float[] samples = gaussian(300, 1);
        Neighbourhood neighbourhood = new Neighbourhood(samples, 100);
        assertEquals(1, neighbourhood.trustworthiness(samples, 10));
        assertEquals(1, neighbourhood.continuity(samples, 10));
    }

    /** Five samples on a line, of which the code exchanges the ends; counted by hand. */
    @Test
    void misplacedNeighboursCountByHowFarAwayTheyAre() {
        Neighbourhood line = new Neighbourhood(new float[] {0, 1, 2.1f, 3.3f, 4.6f}, 5);
        float[] exchanged = {4.6f, 1, 2.1f, 3.3f, 0};
        // the nearest in the code are 3, 4, 1, 2, 1; they were the third, fourth, first, first, third
        assertEquals(1 - 2.0 / (5 * 6) * (2 + 3 + 0 + 0 + 2), line.trustworthiness(exchanged, 1), 1e-12);
    }

    @Test
    void equalSamplesAndEqualCodesAreInOrder() {
        Neighbourhood same = new Neighbourhood(new float[20], 20);
        assertEquals(1, same.trustworthiness(new float[20], 3));
        assertEquals(1, same.continuity(new float[20], 3));
        Neighbourhood different = new Neighbourhood(gaussian(3000, 2), 1000);
        assertEquals(0.5, different.trustworthiness(new float[4000], 5), 0.02, "a code that tells nothing");
        assertEquals(0.5, different.continuity(new float[4000], 5), 0.02, "a code that tells nothing");
    }

    @Test
    void codesThatAreNotFiniteCannotBeMeasured() {
        Neighbourhood neighbourhood = new Neighbourhood(gaussian(100, 1), 50);
        float[] codes = gaussian(100, 2);
        codes[17] = Float.NaN;
        assertTrue(Double.isNaN(neighbourhood.trustworthiness(codes, 5)));
        codes[17] = Float.NEGATIVE_INFINITY;
        assertTrue(Double.isNaN(neighbourhood.continuity(codes, 5)));
        codes[17] = Float.MAX_VALUE;
        assertTrue(neighbourhood.continuity(codes, 5) > 0);
    }

    @Test
    void argumentsMustFit() {
        Neighbourhood neighbourhood = new Neighbourhood(gaussian(100, 1), 50);
        float[] codes = gaussian(100, 2);
        assertEquals(
                "neighbours must be at least 1 and fewer than half the 50 samples, was 25",
                assertThrows(IllegalArgumentException.class, () -> neighbourhood.trustworthiness(codes, 25))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> neighbourhood.continuity(codes, 0));
        assertThrows(IllegalArgumentException.class, () -> neighbourhood.continuity(new float[75], 5));
        assertThrows(IllegalArgumentException.class, () -> neighbourhood.continuity(new float[0], 5));
        assertThrows(IllegalArgumentException.class, () -> new Neighbourhood(new float[0], 0));
        assertThrows(IllegalArgumentException.class, () -> new Neighbourhood(new float[0], 5));
        assertThrows(IllegalArgumentException.class, () -> new Neighbourhood(new float[20_002], 10_001));
        assertThrows(
                IllegalArgumentException.class, () -> new Neighbourhood(new float[] {0, 1, Float.NaN, 3, 4, 5}, 6));
    }
}

package org.aevo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NearestNeighboursTest {
    private static final float[] CODES = {0, 1, 2, 10, 11};
    private static final int[] LABELS = {5, 5, 3, -2, -2};

    private static double accuracy(float code, int label, int neighbours) {
        return NearestNeighbours.accuracy(CODES, LABELS, new float[] {code}, new int[] {label}, neighbours);
    }

    @Test
    void theNearestVote() {
        assertEquals(1, accuracy(2.2f, 3, 1));
        assertEquals(1, accuracy(2.2f, 5, 3));
        assertEquals(1, accuracy(9, -2, 3), "two of three");
    }

    @Test
    void amongEqualVotesTheLowestClassIsTold() {
        assertEquals(1, accuracy(2, 3, 2), "one for 3, one for 5");
        assertEquals(1, accuracy(0, -2, 5), "two for 5, two for -2");
    }

    @Test
    void amongEqualDistancesTheFirstAreNearer() {
        assertEquals(1, accuracy(6, 3, 1), "4 to 2 and 4 to 10");
        assertEquals(1, NearestNeighbours.accuracy(new float[10], LABELS, new float[2], new int[] {5}, 1));
    }

    @Test
    void codesThatAreNotFiniteCannotBeMeasured() {
        assertTrue(Double.isNaN(accuracy(Float.NaN, 5, 1)));
        assertTrue(Double.isNaN(accuracy(Float.NEGATIVE_INFINITY, 5, 1)));
        assertEquals(1, accuracy(Float.MAX_VALUE, 5, 1), "so far away that all are at one distance");
    }

    @Test
    void argumentsMustFit() {
        assertEquals(
                "neighbours must be at least 1 and at most the 5 training codes, was 6",
                assertThrows(IllegalArgumentException.class, () -> accuracy(0, 5, 6))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> accuracy(0, 5, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> NearestNeighbours.accuracy(new float[0], new int[0], CODES, LABELS, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> NearestNeighbours.accuracy(CODES, LABELS, new float[0], new int[0], 1));
    }
}

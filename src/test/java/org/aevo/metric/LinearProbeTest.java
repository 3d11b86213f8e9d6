package org.aevo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearProbeTest {
    private static final float[] CODES = {1, 2, 3, 10, 11, 12};
    private static final int[] LABELS = {4, 4, 4, -1, -1, -1};

    @Test
    void classesOnTwoSidesAreTold() {
        assertEquals(1, LinearProbe.accuracy(CODES, LABELS, CODES, LABELS));
        assertEquals(0.5, LinearProbe.accuracy(CODES, LABELS, new float[] {0, 20}, new int[] {4, 4}));
    }

    @Test
    void aClassThatWasNeverSeenIsNeverTold() {
        assertEquals(0.5, LinearProbe.accuracy(CODES, LABELS, new float[] {0, 20}, new int[] {4, 5}));
    }

    @Test
    void theOnlyClassIsAlwaysTold() {
        int[] one = {3, 3, 3, 3, 3, 3};
        assertEquals(0.5, LinearProbe.accuracy(CODES, one, new float[] {0, 99}, new int[] {3, 4}));
    }

    @Test
    void constantCodesTellTheMostFrequentClass() {
        int[] labels = {4, 4, 4, 4, -1, -1};
        assertEquals(4 / 6.0, LinearProbe.accuracy(new float[18], labels, new float[18], labels));
        // 0.1 is no sum of powers of two: the mean is off by rounding
        float[] tenth = {0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f};
        assertEquals(4 / 6.0, LinearProbe.accuracy(tenth, labels, tenth, labels));
    }

    @Test
    void codesThatAreNotFiniteCannotBeMeasured() {
        float[] broken = CODES.clone();
        broken[2] = Float.NaN;
        assertTrue(Double.isNaN(LinearProbe.accuracy(broken, LABELS, CODES, LABELS)));
        broken[2] = Float.POSITIVE_INFINITY;
        assertTrue(Double.isNaN(LinearProbe.accuracy(CODES, LABELS, broken, LABELS)));
        broken[2] = Float.MAX_VALUE;
        assertTrue(Double.isFinite(LinearProbe.accuracy(broken, LABELS, broken, LABELS)));
    }

    @Test
    void sizesMustFit() {
        assertThrows(
                IllegalArgumentException.class, () -> LinearProbe.accuracy(new float[0], new int[0], CODES, LABELS));
        assertThrows(
                IllegalArgumentException.class, () -> LinearProbe.accuracy(CODES, LABELS, new float[0], new int[0]));
        assertThrows(
                IllegalArgumentException.class,
                () -> LinearProbe.accuracy(CODES, new int[] {1, 2, 3, 4}, CODES, LABELS));
        assertEquals(
                "training codes have 1 values, codes 2",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> LinearProbe.accuracy(CODES, LABELS, CODES, new int[] {1, 2, 3}))
                        .getMessage());
    }

    /** Standard output is for results. */
    @Test
    void theLibraryIsSilent() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            LinearProbe.accuracy(CODES, LABELS, CODES, LABELS);
        } finally {
            System.setOut(before);
        }
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theSameCodesGiveTheSameFigure() {
        Random random = new Random(3);
        float[] codes = new float[400 * 8];
        int[] labels = new int[400];
        for (int i = 0; i < codes.length; i++) {
            labels[i / 8] = random.nextInt(10);
            codes[i] = (float) random.nextGaussian() + (labels[i / 8] == i % 8 ? 1 : 0);
        }
        double first = LinearProbe.accuracy(codes, labels, codes, labels);
        assertEquals(first, LinearProbe.accuracy(codes, labels, codes, labels));
    }
}

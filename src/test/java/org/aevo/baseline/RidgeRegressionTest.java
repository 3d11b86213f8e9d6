package org.aevo.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RidgeRegressionTest {
    private static final float[] NOISY = {1, 0, 2, 1, 3, 0, 4, 2};
    /** The values exchanged, and 10 added to the second. */
    private static final float[] CLEAN = {0, 11, 1, 12, 0, 13, 2, 14};

    private static Rows rows(float... values) {
        return new Rows(values.length / 2, 2, (from, to) -> Arrays.copyOfRange(values, from * 2, to * 2));
    }

    @Test
    void aLinearFunctionIsFound() {
        RidgeRegression regression = RidgeRegression.fit(rows(NOISY), rows(CLEAN), 1e-6);
        assertArrayEquals(new float[] {5, 17}, regression.apply(new float[] {7, 5}), 1e-4f);
        assertArrayEquals(new float[0], regression.apply(new float[0]));
        assertArrayEquals(CLEAN, RidgeRegression.fit(rows(NOISY), rows(CLEAN)).apply(NOISY), 1e-3f);
    }

    @Test
    void aLargePenaltyLeavesTheMean() {
        RidgeRegression regression = RidgeRegression.fit(rows(NOISY), rows(CLEAN), 1e9);
        assertArrayEquals(new float[] {0.75f, 12.5f}, regression.apply(new float[] {7, 5}), 1e-4f);
        assertEquals(1e9, regression.penalty());
    }

    @Test
    void samplesThatAreAllTheSameAreNoProblem() {
        RidgeRegression regression = RidgeRegression.fit(rows(new float[8]), rows(CLEAN));
        assertArrayEquals(new float[] {0.75f, 12.5f}, regression.apply(new float[2]), 1e-5f);
    }

    @Test
    void argumentsMustFit() {
        Rows noisy = rows(NOISY);
        assertThrows(IllegalArgumentException.class, () -> RidgeRegression.fit(noisy, rows(CLEAN), 0));
        assertThrows(IllegalArgumentException.class, () -> RidgeRegression.fit(noisy, rows(CLEAN), Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> RidgeRegression.fit(noisy, rows(1, 2)));
        assertThrows(IllegalArgumentException.class, () -> RidgeRegression.fit(rows(1, 2), rows(1, 2)));
        float[] broken = CLEAN.clone();
        broken[3] = Float.NEGATIVE_INFINITY;
        assertThrows(IllegalArgumentException.class, () -> RidgeRegression.fit(noisy, rows(broken)));
        RidgeRegression regression = RidgeRegression.fit(noisy, rows(CLEAN), 1);
        assertThrows(IllegalArgumentException.class, () -> regression.apply(new float[3]));
    }
}

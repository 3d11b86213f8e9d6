package org.aevo.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {
    private static Rows rows(int size, float... values) {
        return new Rows(values.length / size, size, (from, to) -> Arrays.copyOfRange(values, from * size, to * size));
    }

    /** Points on a line through (1, 2) with slope 3/4. */
    @Test
    void aLineHasOneDirection() {
        float[] line = {5, 5, 1, 2, -3, -1};
        PrincipalComponents components = PrincipalComponents.fit(rows(2, line), 1);
        assertArrayEquals(new float[] {5, 0, -5}, components.encode(line), 1e-5f);
        assertArrayEquals(line, components.decode(new float[] {5, 0, -5}), 1e-5f);
        assertArrayEquals(new double[] {1}, components.shares(), 1e-12);
        assertArrayEquals(new float[0], components.encode(new float[0]));
    }

    @Test
    void samplesThatAreAllTheSameAreTheirMean() {
        PrincipalComponents components = PrincipalComponents.fit(rows(3, 1, 2, 3, 1, 2, 3), 2);
        assertArrayEquals(new float[] {1, 2, 3}, components.decode(components.encode(new float[] {1, 2, 3})), 1e-6f);
        PrincipalComponents one = PrincipalComponents.fit(rows(3, 1, 2, 3), 3);
        assertArrayEquals(new float[] {1, 2, 3}, one.decode(one.encode(new float[] {1, 2, 3})), 1e-6f);
    }

    @Test
    void argumentsMustFit() {
        Rows rows = rows(2, 1, 2, 3, 4);
        assertEquals(
                "components must be at least 1 and at most the 2 values of a sample, was 3",
                assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.fit(rows, 3))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.fit(rows, 0));
        PrincipalComponents components = PrincipalComponents.fit(rows, 2);
        assertThrows(IllegalArgumentException.class, () -> components.encode(new float[3]));
        assertThrows(IllegalArgumentException.class, () -> components.decode(new float[3]));
        assertThrows(IllegalArgumentException.class, () -> new Rows(0, 2, rows.reader()));
        assertThrows(IllegalArgumentException.class, () -> new Rows(1, 8193, rows.reader()));
    }

    @Test
    void whatIsNotFiniteIsNamed() {
        assertEquals(
                "sample 1: value 0 is not finite: NaN",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> PrincipalComponents.fit(rows(2, 1, 2, Float.NaN, 4), 1))
                        .getMessage());
    }
}

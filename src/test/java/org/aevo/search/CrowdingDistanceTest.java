package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdingDistanceTest {
    private static final double ENDLESS = Double.POSITIVE_INFINITY;

    private static double[] point(double... objectives) {
        return objectives;
    }

    /** Extents are 8 and 4: of the second (2 / 8 + 2 / 4) / 2, of the third (6 / 8 + 3 / 4) / 2. */
    @Test
    void byHand() {
        List<double[]> front = List.of(point(0, 4), point(1, 3), point(2, 2), point(8, 0), point(7, 0.5));
        assertArrayEquals(
                new double[] {ENDLESS, 0.375, (6 / 8.0 + 2.5 / 4) / 2, ENDLESS, (6 / 8.0 + 2 / 4.0) / 2},
                CrowdingDistance.of(front),
                1e-15);
    }

    @Test
    void oneOrTwoAreAtTheEnds() {
        assertArrayEquals(new double[0], CrowdingDistance.of(List.of()));
        assertArrayEquals(new double[] {ENDLESS}, CrowdingDistance.of(List.of(point(3, 4))));
        assertArrayEquals(new double[] {ENDLESS, ENDLESS}, CrowdingDistance.of(List.of(point(3, 4), point(4, 3))));
    }

    /** An objective of which all have the same leaves no room; of equal points two are at an end. */
    @Test
    void equalOnesAreNextToEachOther() {
        assertArrayEquals(
                new double[] {ENDLESS, 0, 0, ENDLESS},
                CrowdingDistance.of(List.of(point(1, 1), point(1, 1), point(1, 1), point(1, 1))));
        assertArrayEquals(
                new double[] {ENDLESS, 0, ENDLESS, 1, ENDLESS},
                CrowdingDistance.of(List.of(point(0, 2), point(0, 2), point(0, 2), point(1, 1), point(2, 0))));
    }
}

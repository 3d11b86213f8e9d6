package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After each point front and hypervolume are those of all points so far, worked out anew. */
class GrowingFrontTest {

    /** Coordinates on a coarse grid: many are equal, some lie beyond the reference. */
    @ParameterizedTest
    @CsvSource({"2, 8, 150", "2, 1000000, 150", "3, 6, 120", "3, 1000000, 120", "4, 5, 60", "4, 1000000, 60"})
    void isThatOfAllPoints(int objectives, int grid, int count) {
        Random random = new Random(objectives * 31L + grid);
        double[] reference = new double[objectives];
        Arrays.fill(reference, 0.9);
        GrowingFront front = new GrowingFront(reference);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] point = random.ints(objectives, 0, grid)
                    .mapToDouble(value -> value / (double) grid)
                    .toArray();
            points.add(point);
            double before = front.hypervolume();
            boolean isMember = front.add(point);
            int[] expected = ParetoFront.of(points);
            assertArrayEquals(expected, front.places());
            assertEquals(Arrays.stream(expected).anyMatch(place -> place == points.size() - 1), isMember);
            assertEquals(expected.length, front.size());
            assertEquals(Hypervolume.of(points, reference), front.hypervolume(), 1e-12);
            assertTrue(front.hypervolume() >= before);
        }
    }

    /** The caller's array may become another point. */
    @Test
    void pointsAreCopied() {
        GrowingFront front = new GrowingFront(new double[] {1, 1});
        double[] point = {0.5, 0.5};
        front.add(point);
        point[0] = 0.25;
        front.add(point);
        assertArrayEquals(new int[] {1}, front.places());
        assertEquals(0.375, front.hypervolume());
    }
}

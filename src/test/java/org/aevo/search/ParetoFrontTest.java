package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoFrontTest {
    private static double[] point(double... objectives) {
        return objectives;
    }

    @Test
    void byHand() {
        List<double[]> points = List.of(point(3, 3), point(1, 5), point(4, 4), point(5, 1), point(3, 3), point(1, 6));
        assertArrayEquals(new int[] {0, 1, 3, 4}, ParetoFront.of(points));
        assertArrayEquals(new int[0], ParetoFront.of(List.of()));
        // equal to the second, and worse in the first: zero has one value, whatever its sign
        assertArrayEquals(new int[] {1}, ParetoFront.of(List.of(point(-0.0, 1), point(0.0, 0))));
    }

    /** As said by its definition; from few values, so that many are equal. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void areThoseThatNoOtherDominates(int objectives) {
        RandomGenerator random = Generators.seeded(objectives);
        for (int trial = 0; trial < 50; trial++) {
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                points.add(
                        random.doubles(objectives).map(x -> Math.floor(x * 7)).toArray());
            }
            int[] expected = IntStream.range(0, points.size())
                    .filter(i -> points.stream().noneMatch(p -> better(p, points.get(i))))
                    .toArray();
            assertArrayEquals(expected, ParetoFront.of(points));
        }
    }

    private static boolean better(double[] point, double[] other) {
        return IntStream.range(0, point.length).allMatch(i -> point[i] <= other[i])
                && IntStream.range(0, point.length).anyMatch(i -> point[i] < other[i]);
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> ParetoFront.of(List.of(point(1, 2), point(1, Double.NaN))));
        assertEquals("objective 1 of point 1 must be a finite number, was NaN", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> ParetoFront.of(List.of(point(1, 2), point(1))));
        assertEquals("point 1 has 1 objectives where others have 2", e.getMessage());
    }
}

package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HypervolumeTest {
    private static double[] point(double... objectives) {
        return objectives;
    }

    @Test
    void byHand() {
        double[] reference = {5, 5};
        assertEquals(0, Hypervolume.of(List.of(), reference));
        assertEquals(4, Hypervolume.of(List.of(point(3, 3)), reference));
        // 4 * 1 + 2 * 1 + 1 * 2
        List<double[]> front = List.of(point(1, 4), point(3, 3), point(4, 1), point(4, 4), point(3, 3));
        assertEquals(8, Hypervolume.of(front, reference));
        // as bad as the reference in one, and worse
        assertEquals(0, Hypervolume.of(List.of(point(0, 5), point(5, 0), point(-9, 6)), reference));
        // 3 * 3 * 3 + 4 * 1 * 1 of which 3 * 1 * 1 are the same
        assertEquals(28, Hypervolume.of(List.of(point(2, 2, 2), point(1, 4, 4)), point(5, 5, 5)));
        assertEquals(3.5, Hypervolume.of(List.of(point(2), point(1.5), point(7)), point(5)));
    }

    /** On a grid: of each cell it is asked whether a point dominates it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void isTheCellsThatAPointDominates(int objectives) {
        int side = objectives < 4 ? 10 : 6;
        RandomGenerator random = Generators.seeded(objectives);
        for (int trial = 0; trial < 40; trial++) {
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < 1 + trial; i++) {
                points.add(random.doubles(objectives)
                        .map(x -> Math.floor(x * (side + 2)) - 3)
                        .toArray());
            }
            double[] reference = new double[objectives];
            Arrays.fill(reference, side - 3);
            assertEquals(cells(points, side, objectives), Hypervolume.of(points, reference), points::toString);
        }
    }

    private static long cells(List<double[]> points, int side, int objectives) {
        long count = 0;
        for (long cell = 0; cell < Math.pow(side, objectives); cell++) {
            double[] corner = new double[objectives];
            long rest = cell;
            for (int k = 0; k < objectives; k++) {
                corner[k] = rest % side - 3;
                rest /= side;
            }
            count += points.stream().anyMatch(p -> covers(p, corner)) ? 1 : 0;
        }
        return count;
    }

    private static boolean covers(double[] point, double[] corner) {
        for (int k = 0; k < point.length; k++) {
            if (point[k] > corner[k]) {
                return false;
            }
        }
        return true;
    }

    /** By inclusion and exclusion: the volume of a union is that of all intersections with alternating signs. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 6})
    void isTheVolumeOfAUnionOfBoxes(int objectives) {
        RandomGenerator random = Generators.seeded(7 + objectives);
        double[] reference = random.doubles(objectives, 0.8, 1.2).toArray();
        for (int trial = 0; trial < 20; trial++) {
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                points.add(random.doubles(objectives).toArray());
            }
            double expected = 0;
            for (int subset = 1; subset < 1 << points.size(); subset++) {
                double volume = Integer.bitCount(subset) % 2 == 0 ? -1 : 1;
                for (int k = 0; k < objectives; k++) {
                    double worst = Double.NEGATIVE_INFINITY;
                    for (int i = 0; i < points.size(); i++) {
                        worst = (subset >> i & 1) == 1 ? Math.max(worst, points.get(i)[k]) : worst;
                    }
                    volume *= Math.max(0, reference[k] - worst);
                }
                expected += volume;
            }
            assertEquals(expected, Hypervolume.of(points, reference), 1e-12);
        }
    }

    @Test
    void whatHasNoVolumeIsRefused() {
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> Hypervolume.of(List.of(point(1, 2)), point(1, 2, 3)));
        assertEquals("point 0 has 2 objectives where others have 3", e.getMessage());
        e = assertThrows(
                IllegalArgumentException.class, () -> Hypervolume.of(List.of(), point(1, Double.POSITIVE_INFINITY)));
        assertEquals("objective 1 of the reference must be a finite number, was Infinity", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Hypervolume.of(List.of(), point()));
    }
}

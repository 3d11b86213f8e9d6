package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aevo.genome.GenomeText;
import org.aevo.network.Design;
import org.junit.jupiter.api.Test;

class CrowdingDistanceTest {
    private static final Design DESIGN =
            GenomeText.parse("dense(16,relu) | latent(2) | upsampling | adam(lr0.001,batch32)");
    private static final double ENDLESS = Double.POSITIVE_INFINITY;

    private static double[] point(double... objectives) {
        return objectives;
    }

    /** The equal ones in the order of the points. */
    private static double[] distances(double[]... points) {
        List<Individual> front = new ArrayList<>();
        for (int id = 0; id < points.length; id++) {
            Candidate candidate = new Candidate(id, 0, Candidate.NONE, Candidate.NONE, "random", DESIGN);
            front.add(new Individual(
                    new Member(candidate, id, Arrays.stream(points[id]).boxed().toList())));
        }
        new Front(0, front);
        return front.stream().mapToDouble(Individual::crowding).toArray();
    }

    /** Extents are 8 and 4: of the second (2 / 8 + 2 / 4) / 2, of the third (6 / 8 + 3 / 4) / 2. */
    @Test
    void byHand() {
        assertArrayEquals(
                new double[] {ENDLESS, 0.375, (6 / 8.0 + 2.5 / 4) / 2, ENDLESS, (6 / 8.0 + 2 / 4.0) / 2},
                distances(point(0, 4), point(1, 3), point(2, 2), point(8, 0), point(7, 0.5)),
                1e-15);
    }

    @Test
    void oneOrTwoAreAtTheEnds() {
        assertArrayEquals(new double[] {ENDLESS}, distances(point(3, 4)));
        assertArrayEquals(new double[] {ENDLESS, ENDLESS}, distances(point(3, 4), point(4, 3)));
    }

    /** An objective of which all have the same leaves no room; of equal points two are at an end. */
    @Test
    void equalOnesAreNextToEachOther() {
        assertArrayEquals(
                new double[] {ENDLESS, 0, 0, ENDLESS}, distances(point(1, 1), point(1, 1), point(1, 1), point(1, 1)));
        assertArrayEquals(
                new double[] {ENDLESS, 0, ENDLESS, 1, ENDLESS},
                distances(point(0, 2), point(0, 2), point(0, 2), point(1, 1), point(2, 0)));
    }
}

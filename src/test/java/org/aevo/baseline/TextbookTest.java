package org.aevo.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aevo.genome.Family;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Unfolding;
import org.aevo.network.Activation;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;

class TextbookTest {
    /** The numbers of parameters, counted by hand from the tutorials' layers with a bottleneck of 16. */
    @Test
    void onFashionMnist() {
        Shape shape = new Shape(1, 28, 28);
        int dense = 784 * 128 + 128 + 128 * 64 + 64 + 64 * 16 + 16 + 16 * 64 + 64 + 64 * 128 + 128 + 128 * 784 + 784;
        assertEquals(dense, parameters(Family.DENSE, shape));
        int inner = 8 * 7 * 7;
        int convolutional =
                9 * 16 + 16 + 9 * 16 * 8 + 8 + inner * 16 + 16 + 16 * inner + inner + 9 * 8 * 16 + 16 + 9 * 16 + 1;
        assertEquals(convolutional, parameters(Family.CONVOLUTIONAL, shape));
        int flat = 64 * 7 * 7;
        int mixed = 9 * 32
                + 32
                + 9 * 32 * 64
                + 64
                + flat * 128
                + 128
                + 128 * 16
                + 16
                + 16 * 128
                + 128
                + 128 * flat
                + flat
                + 9 * 64 * 32
                + 32
                + 9 * 32
                + 1;
        assertEquals(mixed, parameters(Family.MIXED, shape));
    }

    /** A search could have found each of them. */
    @Test
    void theyLieInTheDefaultSpaces() {
        for (Shape shape : List.of(
                new Shape(1, 28, 28), new Shape(3, 32, 32), new Shape(2, 7, 5), new Shape(3, 1, 64), Shape.vector(3))) {
            for (Family family : Textbook.families(shape)) {
                SearchSpace space = SearchSpace.defaults(family, shape, 2).toBuilder()
                        .maxParameters(10_000_000)
                        .build();
                assertEquals(List.of(), space.violations(Textbook.genome(family, shape, 2)), family + " on " + shape);
            }
        }
    }

    @Test
    void vectorsHaveTheDenseOneAlone() {
        assertEquals(List.of(Family.DENSE), Textbook.families(Shape.vector(3)));
        assertEquals(List.of(Family.DENSE), Textbook.families(new Shape(1, 9, 1)));
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> Textbook.genome(Family.MIXED, Shape.vector(3), 2));
        assertTrue(e.getMessage().contains("MIXED"), e.getMessage());
    }

    private static long parameters(Family family, Shape shape) {
        return Unfolding.of(Textbook.genome(family, shape, 16), shape, Activation.SIGMOID)
                .parameters();
    }
}

package org.aevo.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aevo.search.Figure;
import org.junit.jupiter.api.Test;

class VoteTest {
    /** Of two classes, by the probability of the second. */
    private static Predictions.Part part(int[] labels, double... second) {
        float[] probabilities = new float[2 * second.length];
        for (int i = 0; i < second.length; i++) {
            probabilities[2 * i] = (float) (1 - second[i]);
            probabilities[2 * i + 1] = (float) second[i];
        }
        return new Predictions.Part(probabilities, labels);
    }

    private static Predictions predictions(Predictions.Part validation, Predictions.Part test) {
        return new Predictions(2, validation, Optional.ofNullable(test), List.of(0.5));
    }

    @Test
    void eachPartHasItsFigures() {
        int[] labels = {1, 1, 0, 0};
        int[] tests = {0, 1};
        List<Predictions> members = List.of(
                predictions(part(labels, 0.75, 0.75, 0.25, 0.25), part(tests, 0.25, 0.75)),
                predictions(part(labels, 0.25, 0.25, 0.25, 0.75), part(tests, 0.75, 0.25)),
                predictions(part(labels, 0.375, 0.75, 0.25, 0.25), part(tests, 0.75, 0.75)));
        Map<Figure, Double> figures = Vote.figures(members);
        // told: 1 1 0 0, 0 0 0 1 and 0 1 0 0; the majority 0 1 0 0; means of the second 0.458 0.583 0.25 0.417
        assertEquals(0.75, figures.get(Figure.MAJORITY_ACCURACY));
        assertEquals(0.75, figures.get(Figure.ACCURACY));
        double entropy = -(Math.log(1.375 / 3) + Math.log(1.75 / 3) + Math.log(0.75) + Math.log(1.75 / 3)) / 4;
        assertEquals(entropy, figures.get(Figure.CROSS_ENTROPY), 1e-12);
        // pairs differ in 3, 1 and 2 of four samples; the first is never wrong
        assertEquals(0.5, figures.get(Figure.DISAGREEMENT), 1e-15);
        assertEquals(1 / Math.sqrt(9), figures.get(Figure.ERROR_CORRELATION), 1e-15);
        // told: 0 1, 1 0 and 1 1; the majority 1 1, means of the second 0.583 0.583
        assertEquals(0.5, figures.get(Figure.TEST_MAJORITY_ACCURACY));
        assertEquals(0.5, figures.get(Figure.TEST_ACCURACY));
        assertEquals(2 / 3.0, figures.get(Figure.TEST_DISAGREEMENT), 1e-15);
        assertTrue(!figures.containsKey(Figure.TEST_ERROR_CORRELATION), "one is never wrong, one always: " + figures);
        assertEquals(1, Vote.testAccuracy(members.get(0)));
        assertEquals(0.5, Vote.testAccuracy(members.get(2)));
    }

    @Test
    void withoutTestSamplesThereAreNoneOfTheirFigures() {
        Predictions one = predictions(part(new int[] {1, 0}, 1, 1), null);
        assertEquals(
                Set.of(Figure.ACCURACY, Figure.MAJORITY_ACCURACY, Figure.DISAGREEMENT, Figure.ERROR_CORRELATION),
                Vote.figures(List.of(one, one)).keySet(),
                "and no cross-entropy where a right class has the probability 0");
        assertTrue(Double.isNaN(Vote.testAccuracy(one)));
    }

    @Test
    void membersMustHaveSeenTheSameSamples() {
        Predictions one = predictions(part(new int[] {1, 0}, 0.5, 0.5), null);
        Predictions other = predictions(part(new int[] {0, 1}, 0.5, 0.5), null);
        assertThrows(IllegalArgumentException.class, () -> Vote.figures(List.of(one, other)));
        Predictions three =
                new Predictions(3, new Predictions.Part(new float[6], new int[] {1, 0}), Optional.empty(), List.of());
        assertThrows(IllegalArgumentException.class, () -> Vote.figures(List.of(one, three)));
    }
}

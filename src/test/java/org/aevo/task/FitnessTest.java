package org.aevo.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aevo.search.Criterion;
import org.aevo.search.Figure;
import org.junit.jupiter.api.Test;

class FitnessTest {
    private static final Map<Figure, Double> FIGURES = Map.of(Figure.SSIM, 0.75, Figure.PSNR, 20.0);

    @Test
    void lowerIsBetter() {
        assertEquals(0.02, Fitness.VALIDATION_LOSS.of(0.02, FIGURES, 1000, 3));
        assertEquals(0.25, new Fitness(Optional.of(Figure.SSIM), 0, 0).of(0.02, FIGURES, 1000, 3));
        Map<Figure, Double> classes = Map.of(Figure.ACCURACY, 0.75, Figure.CROSS_ENTROPY, 1.5);
        assertEquals(1.5, new Fitness(Optional.of(Figure.CROSS_ENTROPY), 0, 0).of(Double.NaN, classes, 1000, 3));
        assertEquals(0.25, new Fitness(Optional.of(Figure.ACCURACY), 0, 0).of(Double.NaN, classes, 1000, 3));
        assertTrue(Double.isNaN(new Fitness(Optional.of(Figure.CONTINUITY), 0, 0).of(0.02, FIGURES, 1000, 3)));
    }

    @Test
    void penaltiesAreAdded() {
        assertEquals(0.02 + 0.003, new Fitness(Optional.empty(), 0.001, 0).of(0.02, FIGURES, 1000, 3), 1e-15);
        assertEquals(0.02 + 0.002, new Fitness(Optional.empty(), 0, 0.001).of(0.02, FIGURES, 1000, 100), 1e-15);
        assertEquals(
                0.25 + 0.03 - 0.01, new Fitness(Optional.of(Figure.SSIM), 0.01, 0.01).of(9, FIGURES, 1000, 0.1), 1e-15);
        assertTrue(Double.isFinite(new Fitness(Optional.empty(), 0, 1).of(0.02, FIGURES, 1000, 0)));
    }

    @Test
    void whatHasToBeMeasured() {
        assertEquals(Set.of(), Fitness.VALIDATION_LOSS.figures());
        assertEquals(
                Set.of(Figure.SSIM, Figure.PSNR),
                new Fitness(Optional.of(Figure.SSIM), 0, 0, List.of(Criterion.PARAMETERS, Criterion.PSNR)).figures());
    }

    @Test
    void whatIsNoFitness() {
        assertThrows(IllegalArgumentException.class, () -> new Fitness(Optional.of(Figure.PSNR), 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Fitness(Optional.empty(), -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Fitness(Optional.empty(), 0, Double.NaN));
    }
}

package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CriterionTest {
    private static final Measured MEASURED = new Measured(
            0.02,
            Map.of(Figure.PSNR, 20.0, Figure.SSIM, 0.75, Figure.CROSS_ENTROPY, 1.5, Figure.MACRO_F1, 0.5),
            1234,
            7.5,
            99,
            16);

    @Test
    void lowerIsBetter() {
        assertEquals(0.02, Criterion.VALIDATION_LOSS.of(MEASURED));
        assertEquals(-20, Criterion.PSNR.of(MEASURED));
        assertEquals(0.25, Criterion.SSIM.of(MEASURED));
        assertEquals(1.5, Criterion.CROSS_ENTROPY.of(MEASURED));
        assertEquals(0.5, Criterion.MACRO_F1.of(MEASURED));
        assertEquals(1234, Criterion.PARAMETERS.of(MEASURED));
        assertEquals(7.5, Criterion.TRAINING_SECONDS.of(MEASURED));
        assertEquals(99, Criterion.OPERATIONS.of(MEASURED));
        assertEquals(16, Criterion.CODE_SIZE.of(MEASURED));
        assertTrue(Double.isNaN(Criterion.ACCURACY.of(MEASURED)), "not measured");
    }

    /** Inputs, journals and run.h5 have them. */
    @Test
    void textsStayAsTheyAre() {
        assertEquals(
                List.of(
                        "validation-loss",
                        "psnr",
                        "ssim",
                        "trustworthiness",
                        "continuity",
                        "probe-accuracy",
                        "knn-accuracy",
                        "accuracy",
                        "cross-entropy",
                        "macro-f1",
                        "parameters",
                        "training-seconds",
                        "operations",
                        "code-size"),
                Arrays.stream(Criterion.values()).map(Criterion::text).toList());
        assertEquals("objective_macro_f1", Criterion.column("macro-f1"));
        assertEquals("1 - macro-F1", Criterion.title("macro-f1"));
        assertEquals("of-a-newer-program", Criterion.title("of-a-newer-program"));
    }

    @Test
    void everyFigureOfANetworkMayBeOne() {
        assertEquals(
                Figure.ofNetworks().stream().sorted().toList(),
                Arrays.stream(Criterion.values())
                        .flatMap(criterion -> criterion.figure().stream())
                        .sorted()
                        .toList());
    }
}

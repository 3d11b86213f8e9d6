package org.aevo.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.aevo.search.Figure;
import org.junit.jupiter.api.Test;

class FitnessNameTest {
    private static final double NONE = Double.NaN;
    private static final double[] LOSS = {0.5, NONE, 0.25};
    private static final Map<Figure, double[]> FIGURES =
            Map.of(Figure.SSIM, new double[] {0.75, NONE, 0.5}, Figure.KNN_ACCURACY, new double[] {0.5, NONE, 1});

    private static String label(double... fitness) {
        return FitnessName.of(fitness, LOSS, FIGURES).label();
    }

    @Test
    void theNumbersSayIt() {
        assertEquals("fitness (mean squared error)", label(0.5, NONE, 0.25));
        assertEquals("fitness (1 - SSIM)", label(0.25, NONE, 0.5));
        assertEquals("fitness (1 - accuracy of k-NN)", label(0.5, NONE, 0));
        assertEquals("fitness", label(0.26, NONE, 0.51));
        assertEquals("fitness (mean squared error)", label(NONE, NONE, NONE));
    }
}

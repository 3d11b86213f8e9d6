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
    void whatWasRecordedSaysIt() {
        assertEquals(
                "fitness (mean squared error)",
                FitnessName.recorded("mean squared error").label());
        FitnessName accuracy = FitnessName.recorded("1 - accuracy");
        assertEquals("fitness (1 - accuracy)", accuracy.label());
        assertEquals("Fitness is 1 less the accuracy on the validation samples.", accuracy.sentence());
        assertEquals(
                "fitness (1 - macro-F1)", FitnessName.recorded("1 - macro-F1").label());
        FitnessName entropy = FitnessName.recorded("cross-entropy");
        assertEquals("fitness (cross-entropy)", entropy.label());
        assertEquals("Fitness is the cross-entropy on the validation samples; lower is better.", entropy.sentence());
        FitnessName penalised = FitnessName.recorded("1 - SSIM + 0.01 log10(parameters)");
        assertEquals("fitness (1 - SSIM + 0.01 log10(parameters))", penalised.label());
        assertEquals(
                "Fitness is 1 - SSIM + 0.01 log10(parameters), measured on the validation samples; lower is better.",
                penalised.sentence());
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

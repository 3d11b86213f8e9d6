package org.aevo.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {
    /** Points of four numbers that vary along two directions at right angles, three times as far along the first. */
    @Test
    void theDirectionsOfMostVarianceAreFound() {
        Random random = new Random(4);
        int count = 500;
        float[] values = new float[4 * count];
        double[] first = new double[count];
        for (int i = 0; i < count; i++) {
            double a = 3 * random.nextGaussian();
            double b = random.nextGaussian();
            first[i] = a;
            values[4 * i] = (float) (7 + 0.6 * a);
            values[4 * i + 1] = (float) (-2 + 0.8 * a);
            values[4 * i + 2] = (float) b;
            values[4 * i + 3] = 5;
        }
        PrincipalComponents components = PrincipalComponents.of(values, count);
        double mean = Statistics.mean(first);
        for (int i = 0; i < count; i++) {
            // the sample's own correlation turns the axes a little
            assertEquals(first[i] - mean, components.x()[i], 0.5);
        }
        assertEquals(0, Statistics.mean(components.x()), 1e-6);
        assertEquals(0.9, components.shares()[0], 0.03);
        assertEquals(1, components.shares()[0] + components.shares()[1], 1e-6, "there is no third direction");
        double dot = 0;
        for (int i = 0; i < count; i++) {
            dot += components.x()[i] * components.y()[i];
        }
        assertEquals(0, dot / count, 1e-6, "they do not correlate");
    }

    @Test
    void codesThatAreAllTheSameHaveNoDirection() {
        PrincipalComponents components = PrincipalComponents.of(new float[30], 10);
        assertTrue(components.shares()[0] == 0 && components.x()[3] == 0);
    }
}

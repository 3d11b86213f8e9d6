package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TerminalTest {
    /** Random values have no ties, which binary and decimal rounding see differently. */
    @Test
    void lossesAreShownAsTheFormatterShowsThem() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            double value = Math.pow(10, -7 + 14 * random.nextDouble());
            assertEquals(String.format(Locale.ROOT, "%.4g", value), Terminal.loss(value));
        }
        for (double value : new double[] {0, 1, 10, 999.94, 999.96, 9999.6, 0.0001, 1e-5, 0.02, -0.5, 1e300}) {
            assertEquals(String.format(Locale.ROOT, "%.4g", value), Terminal.loss(value));
        }
        assertEquals("-", Terminal.loss(Double.NaN));
    }

    @Test
    void durationsAreShownAsTheFormatterShowsThem() {
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            double value = Math.pow(10, -4 + 10 * random.nextDouble());
            assertEquals(String.format(Locale.ROOT, "%.2f", value), Terminal.fixed(value, 2));
        }
    }
}

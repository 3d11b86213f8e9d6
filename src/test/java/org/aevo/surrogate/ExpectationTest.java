package org.aevo.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {

    /** Held against the integral of what is below the best times its density. */
    @ParameterizedTest
    @CsvSource({"0, 1, 0", "1, 0.5, 0.2", "-2, 0.3, -1.9", "3, 2, -1", "0.1, 0.01, 0.08", "5, 1, 0.5"})
    void improvementIsTheIntegral(double mean, double deviation, double best) {
        double sum = 0;
        double step = deviation / 20_000;
        for (double x = best - step / 2; x > mean - 12 * deviation && x > best - 40 * deviation; x -= step) {
            double z = (x - mean) / deviation;
            sum += (best - x) * Math.exp(-z * z / 2) / (deviation * Math.sqrt(2 * Math.PI)) * step;
        }
        assertEquals(Math.log(sum), new Expectation(mean, deviation).logImprovement(best), 3e-2);
    }

    @Test
    void farAwayItStillTellsWhichIsNearer() {
        double before = Double.NEGATIVE_INFINITY;
        for (double mean = 60; mean > 0; mean -= 0.5) {
            double now = new Expectation(mean, 1).logImprovement(0);
            assertTrue(Double.isFinite(now) && now > before, mean + ": " + before + ", " + now);
            before = now;
        }
    }
}

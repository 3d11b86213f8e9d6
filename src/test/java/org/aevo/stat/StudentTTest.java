package org.aevo.stat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.aevo.record.Outside;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {
    @ParameterizedTest
    @CsvSource({"1, 12.7062", "2, 4.30265", "3, 3.18245", "4, 2.77645", "9, 2.26216", "30, 2.04227", "1000, 1.96234"})
    void quantilesAreThoseOfTheTables(int degrees, double t) {
        assertEquals(t, StudentT.quantile(0.95, degrees), 1e-5 * t);
    }

    @Test
    void scipyFindsTheSame() throws Exception {
        String[] known = Outside.python(
                        "from scipy.stats import t\nfor n in range(1, 60): print(t.ppf(0.995, n), 2 * t.cdf(1.7, n) - 1)")
                .strip()
                .split("\\s+");
        for (int n = 1; n < 60; n++) {
            assertEquals(Double.parseDouble(known[2 * n - 2]), StudentT.quantile(0.99, n), 1e-9 * n + 1e-8);
            assertEquals(Double.parseDouble(known[2 * n - 1]), StudentT.within(1.7, n), 1e-12);
        }
    }

    @Test
    void whatIsNoProbabilityIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> StudentT.quantile(1, 3));
        assertThrows(IllegalArgumentException.class, () -> StudentT.quantile(0.95, 0));
    }
}

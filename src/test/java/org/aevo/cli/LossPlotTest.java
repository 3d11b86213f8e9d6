package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LossPlotTest {
    @Test
    void isDarkWhereTheLossIsHigh() {
        assertEquals("#*=-._", LossPlot.of(new double[] {5, 4, 3, 2, 1, 0}, 10));
        assertEquals("#_", LossPlot.of(new double[] {9, 3, 1}, 2));
        assertEquals("___", LossPlot.of(new double[] {2, 2, 2}, 9));
        assertEquals("#?_", LossPlot.of(new double[] {3, Double.NaN, 1}, 9));
        assertEquals("", LossPlot.of(new double[] {}, 9));
    }
}

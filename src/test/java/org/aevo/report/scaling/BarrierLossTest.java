package org.aevo.report.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BarrierLossTest {
    private static final double EPSILON = 1e-9;

    /** Two generations of 4 and 2 seconds on two workers without any other cost: 16 worker-seconds, a quarter idle. */
    @Test
    void whatDurationsExplainLeavesNoRemainder() {
        Measured run = Made.run("sync", 2, 1)
                .wall(8)
                .shares(0.75, 0.125, 0.125)
                .generations(new double[] {4, 2}, new double[] {2, 4})
                .make();
        BarrierLoss loss = BarrierLoss.of(run, false);
        assertEquals(0.25, loss.measured(), EPSILON);
        assertEquals(0.25, loss.scheduled(), EPSILON);
        assertEquals(0, loss.remainder(), EPSILON);
        // drawn from {2, 2, 4, 4}: E[max] = 3.5, mean 3
        assertEquals(1 - 3 / 3.5, loss.expected(), EPSILON);
    }

    @Test
    void equalDurationsLoseNothingAndWhatIsMeasuredIsNotTheirs() {
        Measured run = Made.run("sync", 2, 1)
                .wall(10)
                .shares(0.8, 0.1, 0)
                .generations(new double[] {4, 4}, new double[] {4, 4})
                .make();
        BarrierLoss loss = BarrierLoss.of(run, false);
        assertEquals(0.1 / 0.9, loss.measured(), EPSILON);
        assertEquals(0, loss.scheduled(), EPSILON);
        assertEquals(0, loss.expected(), EPSILON);
        assertEquals(loss.measured(), loss.remainder(), EPSILON);
    }

    /** Time ended it 1 s after the second generation of 4 and 2 began: 2 of 10 worker-seconds were at a barrier. */
    @Test
    void aGenerationCutByTimeIsLeftOut() {
        Measured run = Made.run("sync", 2, 1)
                .wall(5)
                .shares(0.8, 0.2, 0)
                .generations(new double[] {4, 2}, new double[] {1})
                .make();
        BarrierLoss loss = BarrierLoss.of(run, true);
        assertEquals(0.25, loss.measured(), EPSILON);
        assertEquals(0.25, loss.scheduled(), EPSILON);
    }
}

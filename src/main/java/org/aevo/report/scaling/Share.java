package org.aevo.report.scaling;

import java.util.List;
import org.aevo.record.Accounting;
import org.aevo.record.Timeline.State;

/** Shares of the workers' time; NaN before the first arrival. They add up to 1. */
record Share(double busy, double barrier, double dispatch, double starting, double draining, double lost) {
    static final List<String> NAMES = List.of("busy", "barrier", "dispatch", "starting", "draining", "lost");

    static Share of(Measured run) {
        return run.accounting()
                .map(Share::of)
                .orElse(new Share(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN));
    }

    private static Share of(Accounting time) {
        return new Share(
                time.utilisation(),
                time.barrierShare(),
                time.dispatchShare(),
                time.share(State.STARTING),
                time.share(State.DRAINING),
                time.share(State.LOST));
    }

    /** The mean: unlike medians, means add up to 1 again. */
    static Share mean(List<Measured> runs) {
        double[] sum = new double[NAMES.size()];
        for (Measured run : runs) {
            double[] values = of(run).values();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += values[i] / runs.size();
            }
        }
        return new Share(sum[0], sum[1], sum[2], sum[3], sum[4], sum[5]);
    }

    /** The same as an accounting of one worker-second. */
    Accounting accounting() {
        return new Accounting(0, 1, 1, busy, starting, barrier + dispatch, barrier, draining, lost);
    }

    /** In the order of {@link #NAMES}. */
    double[] values() {
        return new double[] {busy, barrier, dispatch, starting, draining, lost};
    }
}

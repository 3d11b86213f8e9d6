package org.aevo.report.scaling;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aevo.record.Accounting;

/**
 * How idle the workers of a generational run were within its generations, as measured and as it follows from the durations
 * alone. All three are idle / (idle + busy), so that time lost to starting, to messages and to dead workers is in none of
 * them: not the share of waiting at the barrier, which is of all of the workers' time.
 *
 * @param measured from the timeline: at barriers, and after the last dispatch
 * @param scheduled each generation's own durations, handed out without any delay to the worker that is free first
 * @param expected the same for durations drawn at random from all of the run's
 */
record BarrierLoss(double measured, double scheduled, double expected) {
    private static final long SEED = 4;

    /**
     * @param cut whether time ended the run in the middle of its last generation, which is left out then; else the waiting
     *     for its last evaluation is draining, for nothing was to be sent after it
     */
    static BarrierLoss of(Measured run, boolean cut) {
        List<double[]> generations =
                cut ? run.generations().subList(0, run.generations().size() - 1) : run.generations();
        Accounting time = run.accounting().orElseThrow();
        double waited = time.barrier() + (cut ? 0 : time.draining());
        double idle = 0;
        double work = 0;
        Map<Integer, Integer> sizes = new TreeMap<>();
        for (double[] generation : generations) {
            ListSchedule schedule = ListSchedule.of(generation, run.workers());
            idle += schedule.idle();
            work += schedule.work();
            sizes.merge(generation.length, 1, Integer::sum);
        }
        double expectedIdle = 0;
        double expectedWork = 0;
        double[] durations =
                generations.stream().flatMapToDouble(Arrays::stream).toArray();
        for (Map.Entry<Integer, Integer> size : sizes.entrySet()) {
            ListSchedule schedule = ExpectedSchedule.of(durations, size.getKey(), run.workers(), SEED);
            expectedIdle += size.getValue() * schedule.idle();
            expectedWork += size.getValue() * schedule.work();
        }
        return new BarrierLoss(
                waited / (waited + work), idle / (idle + work), expectedIdle / (expectedIdle + expectedWork));
    }

    /** What the durations do not explain: messages, and dispatches that had to be repeated. */
    double remainder() {
        return measured - scheduled;
    }
}

package org.aevo.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.aevo.record.RunHistory;
import org.aevo.record.WorkerRow;
import org.aevo.search.Mode;

/**
 * How long the runs of a bench will take: their evaluations, at the mean duration of those that are known, spread over
 * the workers, and longer than that by as much as the finished runs of the same mode took longer.
 */
final class BenchEstimate {
    /** From the command to its first process, and from the last evaluation to the end. */
    private static final double FIXED_SECONDS = 3;

    /** Of a processor, to start the virtual machine of a worker. */
    private static final double PROCESS_SECONDS = 0.8;

    private final OptionalDouble expected;
    private final int room;
    private double busy;
    private long evaluations;
    private double busyNow;
    private long evaluationsNow;
    private final Map<Mode, List<Double>> stretch = new EnumMap<>(Mode.class);

    /**
     * @param expected seconds of an evaluation; empty if nobody knows before the first
     * @param room workers that can be busy at the same time; simulated ones all
     */
    BenchEstimate(OptionalDouble expected, int room) {
        this.expected = expected;
        this.room = room;
    }

    /** Learns from the run that goes on; forgotten when that is learned as a whole. */
    void watch(RunHistory history) {
        busyNow = history.workers().stream().mapToDouble(WorkerRow::busy).sum();
        evaluationsNow =
                history.workers().stream().mapToLong(WorkerRow::evaluations).sum();
    }

    /** Learns from what a run did. */
    void learn(BenchResult result) {
        busyNow = 0;
        evaluationsNow = 0;
        if (Double.isNaN(result.busySeconds()) || result.evaluations() == 0) {
            return;
        }
        busy += result.busySeconds();
        evaluations += result.evaluations();
        if (result.state() == BenchResult.State.COMPLETE) {
            double ideal = result.busySeconds() / parallel(result.run());
            stretch.computeIfAbsent(result.run().mode(), m -> new ArrayList<>())
                    .add(Math.max(1, result.wallSeconds() / ideal));
        }
    }

    /**
     * Seconds of a run from now to its end.
     *
     * @param done evaluations that it has already
     * @param elapsed seconds that it has gone on already; NaN for none
     */
    OptionalDouble seconds(BenchRun run, long done, double elapsed) {
        var budget = run.config().budget();
        if (budget.wallSeconds().isPresent()) {
            return OptionalDouble.of(
                    Math.max(0, budget.wallSeconds().getAsDouble() - (elapsed > 0 ? elapsed : 0)) + startSeconds(run));
        }
        long known = evaluations + evaluationsNow;
        OptionalDouble each = known > 0 ? OptionalDouble.of((busy + busyNow) / known) : expected;
        if (each.isEmpty()) {
            return each;
        }
        double left = Math.max(0, budget.evaluations().orElse(0) - done);
        double factor = stretch.getOrDefault(run.mode(), List.of()).stream()
                .mapToDouble(s -> s)
                .average()
                .orElse(1);
        return OptionalDouble.of(left * each.getAsDouble() / parallel(run) * factor + startSeconds(run));
    }

    /** Until all workers are there: their processes share the processors while they start. */
    private double startSeconds(BenchRun run) {
        int perProcess = run.config().cluster().workersPerProcess();
        int processes = (run.workers() + perProcess - 1) / perProcess;
        return FIXED_SECONDS + PROCESS_SECONDS * Math.max(1, (double) processes / Math.max(1, room));
    }

    /** The same of a run that nobody makes at the moment; nothing if that is not to be made. */
    OptionalDouble secondsLeft(BenchResult result) {
        boolean open = result.state() == BenchResult.State.NEW || result.state() == BenchResult.State.STOPPED;
        return open ? seconds(result.run(), result.evaluations(), result.wallSeconds()) : OptionalDouble.of(0);
    }

    private int parallel(BenchRun run) {
        int workers = run.config().simulated() ? run.workers() : Math.min(run.workers(), room);
        return Math.max(1, workers / run.config().cluster().team());
    }
}

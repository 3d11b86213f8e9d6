package org.aevo.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.aevo.search.Mode;

/**
 * How long the runs of a bench will take: their evaluations, at the mean duration of those that are known, spread over
 * the workers, and longer than that by as much as the finished runs of the same mode took longer.
 */
final class BenchEstimate {
    /** Until the first worker is ready, and from the last evaluation to the end. */
    private static final double START_SECONDS = 4;

    private final OptionalDouble expected;
    private final int room;
    private double busy;
    private long evaluations;
    private final Map<Mode, List<Double>> stretch = new EnumMap<>(Mode.class);

    /**
     * @param expected seconds of an evaluation; empty if nobody knows before the first
     * @param room workers that can be busy at the same time; simulated ones all
     */
    BenchEstimate(OptionalDouble expected, int room) {
        this.expected = expected;
        this.room = room;
    }

    /** Learns from what a run did so far. */
    void learn(BenchResult result) {
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
                    Math.max(0, budget.wallSeconds().getAsDouble() - (elapsed > 0 ? elapsed : 0)) + START_SECONDS);
        }
        OptionalDouble each = evaluations > 0 ? OptionalDouble.of(busy / evaluations) : expected;
        if (each.isEmpty()) {
            return each;
        }
        double left = Math.max(0, budget.evaluations().orElse(0) - done);
        double factor = stretch.getOrDefault(run.mode(), List.of()).stream()
                .mapToDouble(s -> s)
                .average()
                .orElse(1);
        return OptionalDouble.of(left * each.getAsDouble() / parallel(run) * factor + START_SECONDS);
    }

    /** The same of a run that nobody makes at the moment; nothing if that is not to be made. */
    OptionalDouble secondsLeft(BenchResult result) {
        boolean open = result.state() == BenchResult.State.NEW || result.state() == BenchResult.State.STOPPED;
        return open ? seconds(result.run(), result.evaluations(), result.wallSeconds()) : OptionalDouble.of(0);
    }

    private int parallel(BenchRun run) {
        return run.config().simulated() ? run.workers() : Math.min(run.workers(), room);
    }
}

package org.aevo.record;

import java.util.Optional;
import org.aevo.record.Timeline.State;

/**
 * Where the workers' time went between the first dispatch and the last arrival of an evaluation, in worker-seconds. Its
 * parts are clipped from one {@link Timeline}, so they add up to the capacity: the number of places times the wall time
 * (for a resumed run, the sum of that over its sessions).
 *
 * @param from first dispatch, seconds since the run's start
 * @param to last arrival
 * @param evaluations that arrived
 * @param busy building, training, validating
 * @param starting workers were not there yet
 * @param waiting for a barrier or for dispatch, messages included
 * @param barrier the part of waiting that was at the barrier of a generation
 * @param draining at the end, with nothing more to send
 * @param lost with dead workers
 */
public record Accounting(
        double from,
        double to,
        long evaluations,
        double busy,
        double starting,
        double waiting,
        double barrier,
        double draining,
        double lost) {

    /** The accounting of a history; empty before the first arrival. */
    public static Optional<Accounting> of(RunHistory history) {
        return of(history, Timeline.of(history));
    }

    /** The same, for a timeline that is there already. */
    static Optional<Accounting> of(RunHistory history, Timeline timeline) {
        Dispatches dispatches = history.dispatches();
        double from = Double.POSITIVE_INFINITY;
        double to = Double.NEGATIVE_INFINITY;
        long evaluations = 0;
        for (int d = 0; d < dispatches.size(); d++) {
            from = Math.min(from, dispatches.start.get(d));
            if (dispatches.state.get(d) == Dispatches.ARRIVED) {
                to = Math.max(to, dispatches.end.get(d));
                evaluations++;
            }
        }
        if (!(from < to)) {
            return Optional.empty();
        }
        return Optional.of(of(timeline, from, to, evaluations));
    }

    /** The same for a timeline by itself, between two times. */
    public static Accounting of(Timeline timeline, double from, double to, long evaluations) {
        double[] seconds = new double[State.values().length];
        double barrier = 0;
        for (int i = 0; i < timeline.size(); i++) {
            double inside = Math.min(timeline.end(i), to) - Math.max(timeline.start(i), from);
            if (inside > 0) {
                seconds[timeline.state(i).ordinal()] += inside;
                barrier += timeline.atBarrier(i) ? inside : 0;
            }
        }
        return new Accounting(
                from,
                to,
                evaluations,
                seconds[State.BUSY.ordinal()],
                seconds[State.STARTING.ordinal()],
                seconds[State.WAITING.ordinal()],
                barrier,
                seconds[State.DRAINING.ordinal()],
                seconds[State.LOST.ordinal()]);
    }

    /** Worker-seconds there were. */
    public double capacity() {
        return busy + starting + waiting + draining + lost;
    }

    /** Wall time T from the first dispatch to the last arrival, in seconds. */
    public double wallSeconds() {
        return to - from;
    }

    /** The part of a kind in the capacity, 0 to 1. */
    public double share(State state) {
        return switch (state) {
                    case BUSY -> busy;
                    case STARTING -> starting;
                    case WAITING -> waiting;
                    case DRAINING -> draining;
                    case LOST -> lost;
                }
                / capacity();
    }

    /** The share of busy time: the number by which runs are compared. */
    public double utilisation() {
        return share(State.BUSY);
    }

    /** The share of waiting at barriers, which is part of that of waiting. */
    public double barrierShare() {
        return barrier / capacity();
    }

    /** The share of waiting for the master and for messages. */
    public double dispatchShare() {
        return (waiting - barrier) / capacity();
    }

    /** Throughput. */
    public double evaluationsPerHour() {
        return evaluations * 3600 / wallSeconds();
    }
}

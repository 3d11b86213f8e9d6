package org.aevo.predict;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.aevo.record.Accounting;

/**
 * What happened in a simulated run: each candidate was asked in the order of ids, sent, taken back and sent again where it
 * waited while others were idle, and came back. Times in seconds since its start, by the master's clock, as a journal has them.
 */
final class Schedule {
    private final double[] joined;
    private int size;
    private int[] worker;
    private double[] dispatched;
    private double[] arrived;
    private double[] busy;

    /** Alternately the beginning and the end of a time in which the search had nothing to ask for. */
    private double[] barriers = new double[16];

    private int barrierEnds;
    private double firstDispatch;
    private double lastDispatch;
    private double lastArrival;
    /** Whether candidates were sent in the order of their ids. */
    private boolean inOrder = true;

    private double masterSeconds;

    /**
     * @param evaluations that will be sent at most
     */
    Schedule(int workers, long evaluations) {
        int room = Math.toIntExact(evaluations);
        joined = new double[workers];
        Arrays.fill(joined, Double.POSITIVE_INFINITY);
        worker = new int[room];
        dispatched = new double[room];
        arrived = new double[room];
        busy = new double[room];
    }

    void joined(int by, double time) {
        joined[by] = time;
    }

    /** A candidate is sent: the next, or again one that was taken back. */
    void dispatched(int id, int to, double time, double seconds) {
        // not that of candidate 0, which may wait for longer ones
        firstDispatch = size == 0 ? time : firstDispatch;
        worker[id] = to;
        dispatched[id] = time;
        busy[id] = seconds;
        lastDispatch = time;
        inOrder &= id == size;
        size = Math.max(size, id + 1);
    }

    void arrived(int id, double time) {
        arrived[id] = time;
        lastArrival = time;
    }

    void barrierBegins(double time) {
        if (barrierEnds % 2 == 0) {
            if (barrierEnds == barriers.length) {
                barriers = Arrays.copyOf(barriers, 2 * barrierEnds);
            }
            barriers[barrierEnds++] = time;
        }
    }

    /** There is something to ask for again: since the last arrival. */
    void barrierEnds() {
        if (barrierEnds % 2 != 0) {
            barriers[barrierEnds] = Math.max(barriers[barrierEnds - 1], lastArrival);
            barrierEnds++;
        }
    }

    void masterWorked(double seconds) {
        masterSeconds += seconds;
    }

    int size() {
        return size;
    }

    int workers() {
        return joined.length;
    }

    double joined(int of) {
        return joined[of];
    }

    int worker(int id) {
        return worker[id];
    }

    double dispatched(int id) {
        return dispatched[id];
    }

    double arrived(int id) {
        return arrived[id];
    }

    /** Seconds of work. */
    double busy(int id) {
        return busy[id];
    }

    double lastArrival() {
        return lastArrival;
    }

    double masterSeconds() {
        return masterSeconds;
    }

    /** Where the time went. */
    Breakdown breakdown() {
        return new Breakdown();
    }

    /** Lays the work of each place out in time, as {@link org.aevo.record.Timeline} does with a journal. */
    final class Breakdown {
        private final double from = firstDispatch;
        private final double[] passed = barriersPassed();
        private double working;
        private double starting;
        private double waiting;
        private double draining;
        private double atBarrier;

        private Breakdown() {
            double[] cursor = new double[joined.length];
            for (int w = 0; w < cursor.length; w++) {
                cursor[w] = Math.max(from, Math.min(joined[w], lastArrival));
                starting += cursor[w] - from;
            }
            for (int id : sent()) {
                int w = worker[id];
                double begun =
                        Math.max(cursor[w], Math.min(Math.max(dispatched[id], arrived[id] - busy[id]), arrived[id]));
                wait(cursor[w], Math.min(dispatched[id], begun), begun);
                working += arrived[id] - begun;
                cursor[w] = arrived[id];
            }
            for (double idle : cursor) {
                wait(idle, lastArrival, lastArrival);
            }
        }

        /** Candidates in the order in which they were sent to who evaluated them. */
        private int[] sent() {
            IntStream ids = IntStream.range(0, size);
            return inOrder
                    ? ids.toArray()
                    : ids.boxed()
                            .sorted(Comparator.comparingDouble(id -> dispatched[id]))
                            .mapToInt(Integer::intValue)
                            .toArray();
        }

        /** Waits from one time to another, from {@code sent} on for a message on its way. */
        private void wait(double since, double sent, double until) {
            double drainingSince = Math.max(since, Math.min(until, lastDispatch));
            waiting += drainingSince - since;
            draining += until - drainingSince;
            double idle = Math.min(sent, drainingSince);
            if (idle > since) {
                atBarrier += passed(idle) - passed(since);
            }
        }

        /** For each beginning or end of a barrier, the seconds of barriers before it. */
        private double[] barriersPassed() {
            double[] sums = new double[barrierEnds];
            for (int i = 1; i < barrierEnds; i++) {
                sums[i] = sums[i - 1] + (i % 2 != 0 ? barriers[i] - barriers[i - 1] : 0);
            }
            return sums;
        }

        /** Seconds of barriers up to a time. */
        private double passed(double time) {
            int at = Arrays.binarySearch(barriers, 0, barrierEnds, time);
            int before = at >= 0 ? at : -at - 2;
            if (before < 0) {
                return 0;
            }
            return passed[before] + (before % 2 == 0 ? time - barriers[before] : 0);
        }

        Accounting accounting() {
            return new Accounting(from, lastArrival, size, working, starting, waiting, atBarrier, draining, 0);
        }
    }
}

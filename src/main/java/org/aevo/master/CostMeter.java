package org.aevo.master;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.aevo.mpi.Link;
import org.aevo.record.Entry;

/** Where the master's own time goes. */
final class CostMeter {
    private static final int RECENT = 1000;

    private long asks;
    private long tells;
    private long askNanos;
    private long tellNanos;
    private long journalNanos;
    private long sendNanos;
    private long commits;
    private long commitNanos;
    private long loopNanos;
    private long loopBegan;
    /** What is counted apart, when the loop began. */
    private long apartBefore;
    /** Nanoseconds for each of the last evaluations; which is the latest does not matter. */
    private final double[] service = new double[RECENT];

    private long serviced;

    <T> T ask(Callable<T> work) throws Exception {
        asks++;
        long started = System.nanoTime();
        try {
            return work.call();
        } finally {
            askNanos += System.nanoTime() - started;
        }
    }

    <T> T tell(Callable<T> work) throws Exception {
        tells++;
        long started = System.nanoTime();
        try {
            return work.call();
        } finally {
            tellNanos += System.nanoTime() - started;
        }
    }

    void journalSince(long startedNanos) {
        journalNanos += System.nanoTime() - startedNanos;
    }

    void sendSince(long startedNanos) {
        sendNanos += System.nanoTime() - startedNanos;
    }

    void commitSince(long startedNanos) {
        commits++;
        commitNanos += System.nanoTime() - startedNanos;
    }

    /** The loop has something to do, or to look after. */
    void loopBegins() {
        loopBegan = System.nanoTime();
        apartBefore = askNanos + tellNanos + commitNanos;
    }

    /** The loop is about to wait again; it has dealt with so many evaluations. */
    void loopEnds(int evaluations) {
        long nanos = System.nanoTime() - loopBegan;
        loopNanos += nanos;
        long apart = askNanos + tellNanos + commitNanos - apartBefore;
        for (int i = 0; i < evaluations; i++) {
            service[(int) (serviced++ % RECENT)] = (double) (nanos - apart) / evaluations;
        }
    }

    private double serviceSeconds() {
        if (serviced == 0) {
            return Double.NaN;
        }
        double[] sorted = Arrays.copyOf(service, (int) Math.min(serviced, RECENT));
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e9;
    }

    Entry.MasterCosts costs(Link.Traffic traffic, double snapshotSeconds, double time) {
        return new Entry.MasterCosts(
                asks,
                tells,
                traffic.messagesSent() + traffic.messagesReceived(),
                traffic.bytesSent() + traffic.bytesReceived(),
                askNanos / 1e9,
                tellNanos / 1e9,
                journalNanos / 1e9,
                snapshotSeconds,
                sendNanos / 1e9,
                commits,
                commitNanos / 1e9,
                loopNanos / 1e9,
                serviceSeconds(),
                time);
    }
}

package org.aevo.master;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.aevo.mpi.Link;
import org.aevo.record.Entry;
import org.aevo.search.Insertion;

/** Where the master's own time goes. */
final class CostMeter {
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
    /** Spent on evaluations that the search has taken in. */
    private long searchedBefore;

    private final Recent service = new Recent();
    private final Recent search = new Recent();

    <T> T ask(Supplier<T> work) {
        asks++;
        long started = System.nanoTime();
        try {
            return work.get();
        } finally {
            askNanos += System.nanoTime() - started;
        }
    }

    List<Insertion> tell(Supplier<List<Insertion>> work) {
        tells++;
        long started = System.nanoTime();
        List<Insertion> insertions = work.get();
        tellNanos += System.nanoTime() - started;
        if (!insertions.isEmpty()) {
            search.add(askNanos + tellNanos - searchedBefore, insertions.size());
            searchedBefore = askNanos + tellNanos;
        }
        return insertions;
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
        service.add(nanos - apart, evaluations);
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
                service.median(),
                search.median(),
                time);
    }

    /** What the last evaluations took each; which of them is the latest does not matter. */
    private static final class Recent {
        private static final int MOST = 1000;

        private final double[] nanos = new double[MOST];
        private long added;

        void add(long together, int evaluations) {
            for (int i = 0; i < evaluations; i++) {
                nanos[(int) (added++ % MOST)] = (double) together / evaluations;
            }
        }

        /** In seconds; NaN before the first. */
        double median() {
            if (added == 0) {
                return Double.NaN;
            }
            double[] sorted = Arrays.copyOf(nanos, (int) Math.min(added, MOST));
            Arrays.sort(sorted);
            return sorted[sorted.length / 2] / 1e9;
        }
    }
}

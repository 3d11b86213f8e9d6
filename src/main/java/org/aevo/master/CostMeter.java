package org.aevo.master;

import java.util.concurrent.Callable;
import org.aevo.mpi.Link;
import org.aevo.record.Entry;

/** Where the master's own time goes. */
final class CostMeter {
    private long asks;
    private long tells;
    private long askNanos;
    private long tellNanos;
    private long journalNanos;
    private long sendNanos;

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
                time);
    }
}

package org.aevo.master;

import java.util.List;
import org.aevo.mpi.Message;
import org.aevo.search.Candidate;

/**
 * Signs of life between a master and its workers, both ways: a host that vanishes closes no connection. A master that
 * was itself held up (stopped by a signal, waiting for a disk) has heard nobody in that time, and blames nobody for it.
 */
final class LifeSigns {
    /** Between two signs of the master. */
    private static final double INTERVAL_SECONDS = 2;

    /** Between two rounds; more than this, and the master was held up. */
    private static final double STALL_SECONDS = 2;

    private final double silenceSeconds;
    private double lastSent;
    private double lastRound;

    /**
     * @param silenceSeconds without a sign of life after which a worker counts as lost
     * @param now seconds since the run's start
     */
    LifeSigns(double silenceSeconds, double now) {
        this.silenceSeconds = silenceSeconds;
        this.lastSent = now;
        this.lastRound = now;
    }

    /** Sends the master's sign when it is due; answers who gave none for too long. To be called several times a second. */
    List<WorkerSeat> round(WorkerTable workers, double now) {
        if (now - lastRound > STALL_SECONDS) {
            workers.all().forEach(seat -> seat.heard(now));
        }
        lastRound = now;
        if (now - lastSent >= INTERVAL_SECONDS) {
            lastSent = now;
            Message sign = new Message.Heartbeat(Candidate.NONE);
            workers.all().forEach(seat -> seat.link().send(sign));
            workers.waiting().forEach(link -> link.send(sign));
        }
        return workers.all().stream()
                .filter(seat -> now - seat.lastHeard() > silenceSeconds)
                .toList();
    }
}

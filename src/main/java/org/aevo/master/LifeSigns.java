package org.aevo.master;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.aevo.mpi.Link;
import org.aevo.mpi.Message;
import org.aevo.search.Candidate;

/**
 * Signs of life between a master and its workers, both ways: a host that vanishes closes no connection. The master's
 * own are sent on a thread of their own, so that a disk that holds up its loop costs no worker. A master that was held
 * up has heard nobody meanwhile, and blames nobody for it.
 */
final class LifeSigns implements AutoCloseable {
    /** Between two signs of the master. */
    private static final long INTERVAL_SECONDS = 2;

    /** Between two looks at who is silent; more than this, and the master was held up. */
    private static final double STALL_SECONDS = 2;

    private final double silenceSeconds;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService sender;
    private double lastLook;

    /**
     * @param silenceSeconds without a sign of life after which a worker counts as lost
     * @param now seconds since the run's start
     */
    LifeSigns(double silenceSeconds, double now) {
        this.silenceSeconds = silenceSeconds;
        this.lastLook = now;
        this.sender = Executors.newSingleThreadScheduledExecutor(body -> {
            Thread thread = new Thread(body, "master-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        sender.scheduleAtFixedRate(this::beat, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    private void beat() {
        Message sign = new Message.Heartbeat(Candidate.NONE);
        links.forEach(link -> link.send(sign));
    }

    /** From now on a peer gets signs of life. */
    void add(Link link) {
        links.add(link);
    }

    void remove(Link link) {
        links.remove(link);
    }

    /** Who gave no sign of life for too long; to be asked several times a second. */
    List<WorkerSeat> silent(WorkerTable workers, double now) {
        if (now - lastLook > STALL_SECONDS) {
            double stall = now - lastLook;
            workers.all().forEach(seat -> seat.heard(Math.min(now, seat.lastHeard() + stall)));
        }
        lastLook = now;
        return workers.all().stream()
                .filter(seat -> now - seat.lastHeard() > silenceSeconds)
                .toList();
    }

    @Override
    public void close() {
        // without an interrupt: it would close the connection that is being written to
        sender.shutdown();
    }
}

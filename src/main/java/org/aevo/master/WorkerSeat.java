package org.aevo.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.mpi.Link;

/** What the master knows of one linked worker process. Not thread safe: only the master's loop touches it. */
final class WorkerSeat {
    /** The worker's number while it has none: it has not said yet that it is ready. */
    static final long UNREADY = -1;

    private final Link link;
    private final int rank;
    private long number = UNREADY;
    private String host = "";
    private long process = UNREADY;
    private final List<Assignment> work = new ArrayList<>(2);
    /** Of those, what was asked back; always the last ones. */
    private int withdrawn;

    private double lastHeard;

    /**
     * @param rank the place it fills, from 1
     * @param now seconds since the run's start
     */
    WorkerSeat(Link link, int rank, double now) {
        this.link = link;
        this.rank = rank;
        this.lastHeard = now;
    }

    void heard(double now) {
        lastHeard = now;
    }

    /** Seconds since the run's start when it last gave a sign of life. */
    double lastHeard() {
        return lastHeard;
    }

    Link link() {
        return link;
    }

    int rank() {
        return rank;
    }

    long number() {
        return number;
    }

    /** Name of the worker's host; empty while it has not said it. */
    String host() {
        return host;
    }

    /** The worker's process id on its host. */
    long process() {
        return process;
    }

    void ready(long newNumber, String onHost, long pid) {
        number = newNumber;
        host = onHost;
        process = pid;
    }

    boolean isReady() {
        return number != UNREADY;
    }

    boolean isFree() {
        return isReady() && work.isEmpty();
    }

    /** What it was sent and has not answered, in order: the first is at work, as far as is known here. */
    List<Assignment> work() {
        return List.copyOf(work);
    }

    void assign(Assignment more) {
        work.add(more);
    }

    /** Takes off what has come back. */
    Optional<Assignment> release(long id, int attempt) {
        for (Assignment a : work) {
            if (a.candidate().id() == id && a.attempt() == attempt) {
                int last = work.size() - withdrawn;
                if (work.indexOf(a) >= last) {
                    withdrawn--;
                }
                work.remove(a);
                return Optional.of(a);
            }
        }
        return Optional.empty();
    }

    /** Whether it has just so many in advance beside what it is at, and was asked for none of them back. */
    boolean hasInAdvance(int candidates) {
        return work.size() == 1 + candidates && withdrawn == 0;
    }

    /** The last that it has in advance and was not asked back yet; it is now. */
    Optional<Assignment> withdraw() {
        int last = work.size() - withdrawn - 1;
        if (last < 1) {
            return Optional.empty();
        }
        withdrawn++;
        return Optional.of(work.get(last));
    }

    /** How many were asked back and may still come; what has become the first is at work by now. */
    int withdrawing() {
        return Math.min(withdrawn, Math.max(0, work.size() - 1));
    }
}

package org.aevo.master;

import java.util.Optional;
import org.aevo.mpi.Link;
import org.aevo.mpi.Message;

/** What the master knows of one linked worker process. Not thread safe: only the master's loop touches it. */
final class WorkerSeat {
    /** The worker's number while it has none: it has not said yet that it is ready. */
    static final long UNREADY = -1;

    private final Link link;
    private final int rank;
    private long number = UNREADY;
    private String host = "";
    private long process = UNREADY;
    private Optional<Message.Door> door = Optional.empty();
    private double lastHeard;
    private Optional<Message.DataHere> data = Optional.empty();

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

    /** The place that it fills, from 0. */
    int place() {
        return rank - 1;
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

    /** Where its team mates find it; empty where there are no teams. */
    Optional<Message.Door> door() {
        return door;
    }

    void ready(long newNumber, Message.Ready said) {
        number = newNumber;
        host = said.host();
        process = said.pid();
        door = said.door();
    }

    /** It has the data that the master holds. */
    void has(Message.DataHere here) {
        data = Optional.of(here);
    }

    /** How it came by the data, if it had them from the master or had a copy. */
    Optional<Message.DataHere> data() {
        return data;
    }

    boolean isReady() {
        return number != UNREADY;
    }
}

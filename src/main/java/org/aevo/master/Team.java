package org.aevo.master;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.aevo.search.Candidate;

/** Workers that meet, work on one candidate at a time together, and part. Not thread safe. */
final class Team {
    private final long number;
    private final List<WorkerSeat> members;
    /** Those that have not left it yet. */
    private final Set<WorkerSeat> staying;

    private final double assembledAt;
    private State state = State.ASSEMBLING;
    private boolean hasMet;
    private double endedAt = Double.NaN;
    private long lost = Candidate.NONE;

    /** What a team is at. */
    enum State {
        /** Its members look for each other. */
        ASSEMBLING,
        /** It works, or can. */
        READY,
        /** It will never work again; members may not have left it yet. */
        ENDED
    }

    /**
     * @param members the leader first
     * @param now seconds since the run's start
     */
    Team(long number, List<WorkerSeat> members, double now) {
        this.number = number;
        this.members = List.copyOf(members);
        this.staying = new HashSet<>(members);
        this.assembledAt = now;
    }

    long number() {
        return number;
    }

    /** The leader first. */
    List<WorkerSeat> members() {
        return members;
    }

    /** At whose place of the dispatcher the team is. */
    WorkerSeat leader() {
        return members.get(0);
    }

    boolean is(State wanted) {
        return state == wanted;
    }

    /** Seconds since it was asked to assemble. */
    double age(double now) {
        return now - assembledAt;
    }

    /** Seconds since it ended; NaN if it has not. */
    double endedFor(double now) {
        return now - endedAt;
    }

    void met() {
        state = State.READY;
        hasMet = true;
    }

    /** Whether it was ever ready. */
    boolean hasMet() {
        return hasMet;
    }

    void end(double now) {
        state = State.ENDED;
        endedAt = now;
    }

    /** A member has left it, or is gone. */
    void leave(WorkerSeat member) {
        staying.remove(member);
    }

    /** Members that have not left it yet. */
    List<WorkerSeat> staying() {
        return members.stream().filter(staying::contains).toList();
    }

    /** It ended with this candidate at work. */
    void lose(long candidate) {
        lost = candidate;
    }

    /** The candidate that it ended with; empty if it had none. */
    Optional<Long> lostCandidate() {
        return lost == Candidate.NONE ? Optional.empty() : Optional.of(lost);
    }

    /** Such as {@code team 3 (workers 2, 5 on node1)}. */
    @Override
    public String toString() {
        return "team " + number + " (workers "
                + members.stream().map(m -> Integer.toString(m.rank())).collect(Collectors.joining(", ")) + " on "
                + members.stream().map(WorkerSeat::host).distinct().collect(Collectors.joining(", ")) + ")";
    }
}

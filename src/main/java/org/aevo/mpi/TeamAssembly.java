package org.aevo.mpi;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A team that comes together, at one of its members: the connections with the others, as far as they are there. */
final class TeamAssembly implements Closeable {
    private final long team;
    private final int rank;
    private final List<Message.Door> doors;
    private final Map<Integer, TeamLines> lines = new TreeMap<>();
    private boolean closed;

    TeamAssembly(long team, int rank, List<Message.Door> doors) {
        if (doors.size() < 2 || rank < 0 || rank >= doors.size()) {
            throw new IllegalArgumentException("rank " + rank + " of a team of " + doors.size());
        }
        this.team = team;
        this.rank = rank;
        this.doors = List.copyOf(doors);
    }

    long team() {
        return team;
    }

    int rank() {
        return rank;
    }

    int size() {
        return doors.size();
    }

    Message.Door door(int member) {
        return doors.get(member);
    }

    /** A member and its addresses, for messages. */
    String name(int member) {
        Message.Door door = doors.get(member);
        return "member " + member + " of team " + team + " (" + String.join(", ", door.hosts()) + ", port "
                + door.port() + ")";
    }

    /**
     * Looks at who has come.
     *
     * @throws IOException if it is nobody who is still expected
     */
    synchronized void check(TeamClaim claim) throws IOException {
        if (closed || claim.to() != rank || claim.from() <= rank || claim.from() >= size()) {
            throw new IOException("member " + rank + " of team " + team + " does not wait for member " + claim.from());
        }
        if (lines.containsKey(claim.from())) {
            throw new IOException("member " + claim.from() + " of team " + team + " is there already");
        }
    }

    /** Takes the connections with a member; they are closed if this is over. */
    synchronized void arrived(int member, TeamLines with) throws IOException {
        if (closed || lines.putIfAbsent(member, with) != null) {
            with.close();
            throw new EOFException("the assembly of team " + team + " has ended");
        }
        notifyAll();
    }

    /**
     * Waits for all.
     *
     * @throws SocketTimeoutException if they are not there in time; the message names one that is not
     */
    synchronized void await(Deadline deadline) throws IOException, InterruptedException {
        for (int missing = missing(); missing < size(); missing = missing()) {
            if (closed) {
                throw new EOFException("the assembly of team " + team + " has ended");
            }
            if (deadline.isOver()) {
                throw new SocketTimeoutException(name(missing) + " did not come in time");
            }
            wait(deadline.milliseconds("team mates"));
        }
    }

    /** The first member that is not there. */
    private int missing() {
        int member = 0;
        while (member == rank || lines.containsKey(member)) {
            member++;
        }
        return member;
    }

    /** Gives the connections with all the others away, whose affair they are from now on. */
    synchronized List<TeamLines> handOver() {
        List<TeamLines> all = new ArrayList<>(lines.values());
        lines.clear();
        closed = true;
        return all;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        notifyAll();
        for (TeamLines with : lines.values()) {
            with.close();
        }
        lines.clear();
    }
}

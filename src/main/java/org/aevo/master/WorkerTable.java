package org.aevo.master;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.mpi.Link;

/**
 * The workers at hand, and the places they fill. A worker that follows a lost one takes its place; one that comes before
 * the loss was noticed waits in a line for it.
 */
final class WorkerTable {
    private final int places;
    private final Map<Link, WorkerSeat> seats = new IdentityHashMap<>();
    private final List<WorkerSeat> byPlace = new ArrayList<>();
    private final BitSet taken = new BitSet();
    private final Deque<Link> line = new ArrayDeque<>();
    private long nextNumber;

    WorkerTable(int places, long nextNumber) {
        this.places = places;
        this.nextNumber = nextNumber;
    }

    /** Gives a new link the lowest free place; none if all are taken. */
    Optional<WorkerSeat> seat(Link link, double now) {
        int place = taken.nextClearBit(0);
        if (place >= places) {
            return Optional.empty();
        }
        taken.set(place);
        WorkerSeat seat = new WorkerSeat(link, place + 1, now);
        seats.put(link, seat);
        if (place == byPlace.size()) {
            byPlace.add(seat);
        } else {
            byPlace.set(place, seat);
        }
        return Optional.of(seat);
    }

    /** Lets a link wait for a place; false if too many do already. */
    boolean lineUp(Link link) {
        return line.size() <= places && line.add(link);
    }

    /** Gives the first in the line a place, if there is one in the line and a place free. */
    Optional<WorkerSeat> seatNext(double now) {
        Optional<WorkerSeat> seat = line.isEmpty() ? Optional.empty() : seat(line.peek(), now);
        seat.ifPresent(s -> line.remove());
        return seat;
    }

    /** Those that wait for a place. */
    Collection<Link> waiting() {
        return List.copyOf(line);
    }

    void leaveLine(Link link) {
        line.remove(link);
    }

    Optional<WorkerSeat> find(Link link) {
        return Optional.ofNullable(seats.get(link));
    }

    /** Who fills a place, from 0, or was the last who did. */
    WorkerSeat at(int place) {
        return byPlace.get(place);
    }

    void remove(WorkerSeat seat) {
        seats.remove(seat.link());
        taken.clear(seat.place());
    }

    long newNumber() {
        return nextNumber++;
    }

    Collection<WorkerSeat> all() {
        return List.copyOf(seats.values());
    }
}

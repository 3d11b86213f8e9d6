package org.aevo.master;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.aevo.mpi.Link;

/**
 * The workers at hand, and the places they fill. A worker that follows a lost one takes its place; one that comes before
 * the loss was noticed waits in a line for it.
 */
final class WorkerTable {
    private final int places;
    private final Map<Link, WorkerSeat> seats = new IdentityHashMap<>();
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

    void remove(WorkerSeat seat) {
        seats.remove(seat.link());
        taken.clear(seat.rank() - 1);
    }

    long newNumber() {
        return nextNumber++;
    }

    Collection<WorkerSeat> all() {
        return List.copyOf(seats.values());
    }

    /** Ready workers without work, by rank. */
    List<WorkerSeat> free() {
        return byRank(WorkerSeat::isFree);
    }

    /** Workers with just so many candidates beside the one that they are at, by rank. */
    List<WorkerSeat> withInAdvance(int candidates) {
        return byRank(seat -> seat.hasInAdvance(candidates));
    }

    private List<WorkerSeat> byRank(Predicate<WorkerSeat> wanted) {
        List<WorkerSeat> found = new ArrayList<>();
        for (WorkerSeat seat : seats.values()) {
            if (wanted.test(seat)) {
                found.add(seat);
            }
        }
        found.sort(Comparator.comparingInt(WorkerSeat::rank));
        return found;
    }

    int ready() {
        return count(WorkerSeat::isReady);
    }

    /** Workers that are at something. */
    int busy() {
        return count(seat -> seat.isReady() && !seat.isFree());
    }

    /** Candidates that workers were asked to give back and may still do. */
    int withdrawing() {
        return seats.values().stream().mapToInt(WorkerSeat::withdrawing).sum();
    }

    private int count(Predicate<WorkerSeat> wanted) {
        int count = 0;
        for (WorkerSeat seat : seats.values()) {
            if (wanted.test(seat)) {
                count++;
            }
        }
        return count;
    }
}

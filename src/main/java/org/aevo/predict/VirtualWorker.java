package org.aevo.predict;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A worker in virtual time: it does what it was sent, one after the other, and says so. */
final class VirtualWorker {
    private final int place;
    private final Deque<Work> work = new ArrayDeque<>(2);
    /** When it will have done what it has, and when the master will have heard of it. */
    private double worksUntil = Double.NEGATIVE_INFINITY;

    private double heardUntil = Double.NEGATIVE_INFINITY;

    /** Something that it has, and what was before that came. */
    private record Work(Event result, double begins, double workedUntil, double heardUntil) {}

    VirtualWorker(int place) {
        this.place = place;
    }

    /**
     * A candidate is sent to it.
     *
     * @param seconds of work
     * @param latency of messages there and back
     * @return its result
     */
    Event sent(int id, int attempt, double now, double seconds, double latency) {
        double workedUntil = worksUntil;
        double before = heardUntil;
        double begins = Math.max(now + latency / 2, workedUntil);
        worksUntil = begins + seconds;
        heardUntil = Math.max(worksUntil + latency / 2, before);
        Event result = Event.result(heardUntil, place, id, attempt);
        work.add(new Work(result, begins, workedUntil, before));
        return result;
    }

    /** Its first result is heard. */
    void heard(Event result) {
        work.removeIf(w -> w.result().equals(result));
    }

    /**
     * A candidate is asked back; those behind it were before.
     *
     * @param arrives when it hears of that
     * @return the result that will not come; empty if it has begun it by then
     */
    Optional<Event> takeBack(int id, double arrives) {
        Work last = work.peekLast();
        if (last == null || last.result().id() != id || last.begins() <= arrives) {
            return Optional.empty();
        }
        work.removeLast();
        worksUntil = last.workedUntil();
        heardUntil = last.heardUntil();
        return Optional.of(last.result());
    }
}

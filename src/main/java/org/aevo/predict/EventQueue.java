package org.aevo.predict;

import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** What will reach the master of a simulation, in order of time. */
final class EventQueue {
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    /** In the queue, but they will not come: to find them there would take long. */
    private final Set<Event> cancelled = new HashSet<>();

    void add(Event event) {
        events.add(event);
    }

    void cancel(Event event) {
        cancelled.add(event);
        purge();
    }

    private void purge() {
        while (!cancelled.isEmpty() && cancelled.remove(events.peek())) {
            events.remove();
        }
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** Time of the first. */
    double time() {
        return events.element().time();
    }

    /** Moves all up to a time into a list. */
    void drain(double until, List<Event> into) {
        while (!events.isEmpty() && events.peek().time() <= until) {
            into.add(events.poll());
            purge();
        }
    }
}

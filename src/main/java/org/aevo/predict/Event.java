package org.aevo.predict;

/**
 * Something that reaches the master of a simulation.
 *
 * @param worker its place, from 0
 * @param id of the candidate; -1 for none
 */
record Event(double time, int worker, Kind kind, int id, int attempt) implements Comparable<Event> {
    enum Kind {
        READY,
        RESULT,
        RETURNED
    }

    static Event ready(double time, int worker) {
        return new Event(time, worker, Kind.READY, -1, 0);
    }

    static Event result(double time, int worker, int id, int attempt) {
        return new Event(time, worker, Kind.RESULT, id, attempt);
    }

    static Event returned(double time, int worker, int id, int attempt) {
        return new Event(time, worker, Kind.RETURNED, id, attempt);
    }

    @Override
    public int compareTo(Event other) {
        int byTime = Double.compare(time, other.time);
        int byWorker = byTime != 0 ? byTime : Integer.compare(worker, other.worker);
        return byWorker != 0 ? byWorker : Integer.compare(id, other.id);
    }
}

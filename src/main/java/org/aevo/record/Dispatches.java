package org.aevo.record;

/** Every sending of a candidate to a worker, in order. */
final class Dispatches {
    static final int OPEN = 0;
    static final int ARRIVED = 1;
    static final int LOST = 2;
    /** It never was at work. */
    static final int RETURNED = 3;

    final Column.Longs id;
    final Column.Ints attempt;
    final Column.Longs worker;
    /** The team that the worker leads; -1 for none. */
    final Column.Longs team;

    final Column.Doubles start;
    /** NaN while it is open. */
    final Column.Doubles end;

    final Column.Ints state;
    /** Seconds of work reported with its evaluation. */
    final Column.Doubles busy;

    /** The dispatch of the same candidate before, -1 for none. */
    final Column.Ints previous;

    Dispatches() {
        id = new Column.Longs();
        attempt = new Column.Ints();
        worker = new Column.Longs();
        team = new Column.Longs();
        start = new Column.Doubles();
        end = new Column.Doubles();
        state = new Column.Ints();
        busy = new Column.Doubles();
        previous = new Column.Ints();
    }

    private Dispatches(Dispatches live) {
        id = live.id.freeze();
        attempt = live.attempt.freeze();
        worker = live.worker.freeze();
        team = live.team.freeze();
        start = live.start.freeze();
        end = live.end.freeze();
        state = live.state.freeze();
        busy = live.busy.freeze();
        previous = live.previous.freeze();
    }

    Dispatches freeze() {
        return new Dispatches(this);
    }

    int size() {
        return id.size();
    }

    int add(Entry.Dispatched d, int before, long ofTeam) {
        id.add(d.id());
        attempt.add(d.attempt());
        worker.add(d.worker());
        team.add(ofTeam);
        start.add(d.time());
        end.add(Double.NaN);
        state.add(OPEN);
        busy.add(0);
        previous.add(before);
        return size() - 1;
    }

    void close(int row, int as, double time, double busySeconds) {
        state.set(row, as);
        end.set(row, time);
        busy.set(row, busySeconds);
    }

    /** When a candidate was sent for the first time, searched from its last; infinite if it never was. */
    double first(int last) {
        double time = Double.POSITIVE_INFINITY;
        for (int row = last; row >= 0; row = previous.get(row)) {
            time = start.get(row);
        }
        return time;
    }

    /** The row of an attempt, searched from the candidate's last; -1 if there is none. */
    int find(int last, int attemptNumber) {
        int row = last;
        while (row >= 0 && attempt.get(row) != attemptNumber) {
            row = previous.get(row);
        }
        return row;
    }
}

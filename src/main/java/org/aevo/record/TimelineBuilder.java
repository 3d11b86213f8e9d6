package org.aevo.record;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.aevo.record.Timeline.State;

/** Lays the dispatches of a history out in time, place by place. */
final class TimelineBuilder {
    private static final long NONE = -1;

    private final RunHistory history;
    private final List<WorkerRow> workers;
    private final Dispatches dispatches;
    /** Rows of {@link Dispatches} for each row of the workers, in order of time. */
    private final List<Column.Ints> dispatchesOf = new ArrayList<>();

    private final Barriers barriers;
    private final Memberships memberships;
    private final Timeline timeline = new Timeline();

    /** The place being laid out, and how far. */
    private int rank;

    private double cursor;
    private double drainingFrom;

    TimelineBuilder(RunHistory history) {
        this.history = history;
        this.workers = history.workers();
        this.dispatches = history.dispatches();
        this.barriers = Barriers.of(history);
        this.memberships = new Memberships(history);
        workers.forEach(w -> dispatchesOf.add(new Column.Ints()));
        for (int d = 0; d < dispatches.size(); d++) {
            for (long worker : history.workersOf(d)) {
                dispatchesOf.get(history.workerRow(worker)).add(d);
            }
        }
    }

    Timeline build() {
        List<Session> sessions = history.sessions();
        for (int s = 0; s < sessions.size(); s++) {
            double end = s + 1 < sessions.size() ? sessions.get(s + 1).start() : history.wallSeconds();
            session(s, sessions.get(s), end);
        }
        return timeline;
    }

    /** The rows of the workers that filled each place of a session; places that nobody filled are there, empty. */
    static TreeMap<Integer, List<Integer>> places(List<WorkerRow> workers, int session, int atLeast) {
        TreeMap<Integer, List<Integer>> places = new TreeMap<>();
        for (int w = 0; w < workers.size(); w++) {
            if (workers.get(w).session() == session) {
                places.computeIfAbsent(workers.get(w).joined().rank(), r -> new ArrayList<>())
                        .add(w);
            }
        }
        for (int free = 1; places.size() < atLeast; free++) {
            places.putIfAbsent(free, List.of());
        }
        return places;
    }

    private void session(int number, Session session, double end) {
        drainingFrom = session.ended() ? lastDispatch(number, session.start()) : Double.POSITIVE_INFINITY;
        places(workers, number, session.workers()).forEach((place, rows) -> {
            rank = place;
            cursor = session.start();
            place(rows, session, end);
        });
    }

    private double lastDispatch(int session, double start) {
        double last = start;
        for (int w = 0; w < workers.size(); w++) {
            Column.Ints own = dispatchesOf.get(w);
            if (workers.get(w).session() == session && own.size() > 0) {
                last = Math.max(last, dispatches.start.get(own.get(own.size() - 1)));
            }
        }
        return last;
    }

    private void place(List<Integer> rows, Session session, double end) {
        State absent = State.STARTING;
        for (int i = 0; i < rows.size(); i++) {
            WorkerRow worker = workers.get(rows.get(i));
            double joined = Math.min(worker.joined().time(), end);
            upTo(joined - worker.joined().startSeconds(), absent, NONE, NONE);
            upTo(joined, State.STARTING, NONE, NONE);
            // its successor takes the place even if it was not known to be dead yet
            double successor =
                    i + 1 < rows.size() ? workers.get(rows.get(i + 1)).joined().time() : end;
            double left = Math.min(worker.present() ? end : Math.min(worker.left(), end), successor);
            presence(rows.get(i), worker, session, left);
            absent = worker.lost() ? State.LOST : State.WAITING;
        }
        upTo(end, absent, NONE, NONE);
    }

    private void presence(int row, WorkerRow worker, Session session, double left) {
        long id = worker.joined().worker();
        Column.Ints own = dispatchesOf.get(row);
        for (int i = 0; i < own.size(); i++) {
            int d = own.get(i);
            int state = dispatches.state.get(d);
            if (state == Dispatches.RETURNED) {
                continue;
            }
            double end = Math.min(state == Dispatches.OPEN ? history.teamEnd(d) : dispatches.end.get(d), left);
            double start = dispatches.start.get(d);
            if (state == Dispatches.ARRIVED) {
                start = Math.max(start, end - dispatches.busy.get(d));
            }
            idle(row, Math.min(dispatches.start.get(d), Math.min(start, end)), id);
            onItsWay(Math.min(start, end), id);
            boolean lost = state == Dispatches.LOST || state == Dispatches.OPEN && session.ended();
            upTo(end, lost ? State.LOST : State.BUSY, id, dispatches.id.get(d));
        }
        idle(row, left, id);
    }

    /** A worker works on nothing: cut where it comes into a team, or its team ends. */
    private void idle(int row, double time, long id) {
        while (time > cursor) {
            upTo(Math.min(time, memberships.nextChange(row, cursor)), memberships.idle(row, cursor), id, NONE);
        }
    }

    /** Goes on in one state up to a time, if that is later. */
    private void upTo(double time, State state, long worker, long evaluation) {
        if (state == State.WAITING) {
            waiting(Math.min(time, Math.max(cursor, drainingFrom)), worker);
            add(time, State.DRAINING, worker, evaluation, false);
        } else {
            add(time, state, worker, evaluation, false);
        }
    }

    /** A worker waits for a message and not for others, whatever barrier holds. */
    private void onItsWay(double time, long worker) {
        add(Math.min(time, Math.max(cursor, drainingFrom)), State.WAITING, worker, NONE, false);
        add(time, State.DRAINING, worker, NONE, false);
    }

    /** Cut where a barrier begins or ends. */
    private void waiting(double time, long worker) {
        while (time > cursor) {
            boolean barrier = barriers.holds(cursor);
            add(Math.min(time, barriers.nextChange(cursor)), State.WAITING, worker, NONE, barrier);
        }
    }

    private void add(double time, State state, long worker, long evaluation, boolean barrier) {
        if (time > cursor) {
            timeline.add(rank, worker, cursor, time, state, evaluation, barrier);
            cursor = time;
        }
    }
}

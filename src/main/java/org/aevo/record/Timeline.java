package org.aevo.record;

/**
 * What the place of every worker did at every moment: intervals in seconds since the run's start, by rank, then by
 * time. For each rank they follow each other without gap or overlap for as long as the place exists: from the start of
 * the session to the start of the next, or to the run's last entry.
 *
 * <p>A place whose worker came late or never is {@link State#STARTING} until then. The work of an evaluation ends when
 * it arrives and is as long as the worker says; what the dispatch took beyond that is {@link State#WAITING}, but for
 * what a worker was sent in advance: that begins when the one before it has arrived. A dispatch
 * that is still out counts as {@link State#BUSY} until it is known to be lost.
 *
 * <p>Where workers are teams, each member's place does what its team does with a candidate. Without one a worker is
 * {@link State#STARTING} until its first team forms, and {@link State#LOST} from the loss of its team until the next forms.
 */
public final class Timeline {
    /** What a place does; the ordinal is the code in {@code run.h5}: append only. */
    public enum State {
        /** A worker is idle: for a barrier ({@link #atBarrier}), for the master, for messages. */
        WAITING,
        /** Building, training, validating. */
        BUSY,
        /** The worker, or its first team, is not there yet. */
        STARTING,
        /** Work for an evaluation that never came, or a dead worker or a lost team that was not replaced. */
        LOST,
        /** Waiting when there was nothing more to send: after the last dispatch of a session that ended. */
        DRAINING
    }

    private final Column.Ints rank = new Column.Ints();
    private final Column.Longs worker = new Column.Longs();
    private final Column.Doubles start = new Column.Doubles();
    private final Column.Doubles end = new Column.Doubles();
    private final Column.Ints state = new Column.Ints();
    private final Column.Longs evaluation = new Column.Longs();
    private final Column.Ints barrier = new Column.Ints();

    Timeline() {}

    /** The timeline of all that a history holds. */
    public static Timeline of(RunHistory history) {
        return new TimelineBuilder(history).build();
    }

    /** Number of intervals. */
    public int size() {
        return rank.size();
    }

    /** The place. */
    public int rank(int interval) {
        return rank.get(interval);
    }

    /** The worker process that filled the place; -1 if there was none. */
    public long worker(int interval) {
        return worker.get(interval);
    }

    public double start(int interval) {
        return start.get(interval);
    }

    public double end(int interval) {
        return end.get(interval);
    }

    public State state(int interval) {
        return State.values()[state.get(interval)];
    }

    /** What was worked on; -1 for nothing. */
    public long evaluation(int interval) {
        return evaluation.get(interval);
    }

    /**
     * Whether this is waiting of a generational search for the last evaluations of a generation: of a worker that has
     * nothing to do, not of one whose candidate is on its way.
     */
    public boolean atBarrier(int interval) {
        return barrier.get(interval) == 1;
    }

    void add(int atRank, long byWorker, double from, double to, State as, long on, boolean waitsAtBarrier) {
        rank.add(atRank);
        worker.add(byWorker);
        start.add(from);
        end.add(to);
        state.add(as.ordinal());
        evaluation.add(on);
        barrier.add(waitsAtBarrier ? 1 : 0);
    }
}

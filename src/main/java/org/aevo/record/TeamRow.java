package org.aevo.record;

import java.util.List;

/**
 * Workers that worked on each candidate together.
 *
 * @param team its number in the run
 * @param workers its members, the leader first: dispatches and evaluations name that one
 * @param session of the run in which it formed, from 0
 * @param formed seconds since the run's start
 * @param ended likewise; NaN while it is there, or if it was there at the end of the run
 * @param lost whether it ended by the loss of a member, of what binds them, or of the master
 * @param reason why it ended; empty while it is there
 */
public record TeamRow(
        long team, List<Long> workers, int session, double formed, double ended, boolean lost, String reason) {
    public TeamRow {
        workers = List.copyOf(workers);
    }

    static TeamRow of(Entry.TeamFormed formed, int session) {
        return new TeamRow(formed.team(), formed.workers(), session, formed.time(), Double.NaN, false, "");
    }

    /** Ranks that work together. */
    public int size() {
        return workers.size();
    }

    public boolean present() {
        return Double.isNaN(ended);
    }

    /** Whether it is there at a time. */
    boolean exists(double time) {
        return formed <= time && !(ended <= time);
    }

    TeamRow end(double time, boolean byLoss, String why) {
        return new TeamRow(team, workers, session, formed, time, byLoss, why);
    }
}

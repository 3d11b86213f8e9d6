package org.aevo.record;

import org.aevo.record.Entry.WorkerJoined;

/**
 * One worker process.
 *
 * @param session of the run in which it joined, from 0
 * @param left seconds since the run's start; NaN while it is there
 * @param lost whether it died, or its master did
 * @param evaluations that arrived from it, or from the teams it was in
 * @param busy seconds that it built, trained and validated for them, by its own clock
 */
public record WorkerRow(WorkerJoined joined, int session, double left, boolean lost, long evaluations, double busy) {
    static WorkerRow of(WorkerJoined joined, int session) {
        return new WorkerRow(joined, session, Double.NaN, false, 0, 0);
    }

    public boolean present() {
        return Double.isNaN(left);
    }

    WorkerRow leave(double time, boolean dead) {
        return new WorkerRow(joined, session, time, dead, evaluations, busy);
    }

    WorkerRow evaluated(double seconds) {
        return new WorkerRow(joined, session, left, lost, evaluations + 1, busy + seconds);
    }
}

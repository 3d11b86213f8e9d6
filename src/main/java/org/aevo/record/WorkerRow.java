package org.aevo.record;

import java.util.Optional;
import org.aevo.record.Entry.DataCame;
import org.aevo.record.Entry.WorkerJoined;

/**
 * One worker process.
 *
 * @param session of the run in which it joined, from 0
 * @param left seconds since the run's start; NaN while it is there
 * @param lost whether it died, or its master did
 * @param evaluations that arrived from it, or from the teams it was in
 * @param busy seconds that it built, trained and validated for them, by its own clock
 * @param data how it came by the data, where the master holds them
 */
public record WorkerRow(
        WorkerJoined joined,
        int session,
        double left,
        boolean lost,
        long evaluations,
        double busy,
        Optional<DataCame> data) {
    static WorkerRow of(WorkerJoined joined, int session) {
        return new WorkerRow(joined, session, Double.NaN, false, 0, 0, Optional.empty());
    }

    public boolean present() {
        return Double.isNaN(left);
    }

    WorkerRow leave(double time, boolean dead) {
        return new WorkerRow(joined, session, time, dead, evaluations, busy, data);
    }

    WorkerRow evaluated(double seconds) {
        return new WorkerRow(joined, session, left, lost, evaluations + 1, busy + seconds, data);
    }

    WorkerRow with(DataCame came) {
        return new WorkerRow(joined, session, left, lost, evaluations, busy, Optional.of(came));
    }
}

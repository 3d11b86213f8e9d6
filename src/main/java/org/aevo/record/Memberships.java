package org.aevo.record;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.aevo.record.Timeline.State;

/**
 * What workers do that work on nothing: where a session has teams, that depends on whether they are in one. Who waits for
 * his first team is starting, whose team was lost is lost until the next; in a team he waits, as all do without teams.
 */
final class Memberships {
    /** The teams of each row of the workers, in the order in which they formed. */
    private final List<List<TeamRow>> teamsOf = new ArrayList<>();

    /** The sessions that have any. */
    private final BitSet sessions = new BitSet();

    private final List<WorkerRow> workers;

    Memberships(RunHistory history) {
        workers = history.workers();
        workers.forEach(worker -> teamsOf.add(new ArrayList<>()));
        for (TeamRow team : history.teams()) {
            sessions.set(team.session());
            team.workers()
                    .forEach(worker -> teamsOf.get(history.workerRow(worker)).add(team));
        }
    }

    /** What a worker without work does from this time on. */
    State idle(int row, double time) {
        if (!sessions.get(workers.get(row).session())) {
            return State.WAITING;
        }
        int last = lastFormed(row, time);
        if (last < 0) {
            return State.STARTING;
        }
        TeamRow team = teamsOf.get(row).get(last);
        return team.exists(time) || !team.lost() ? State.WAITING : State.LOST;
    }

    /** The first time after this one at which that may change; infinite for none. */
    double nextChange(int row, double time) {
        List<TeamRow> teams = teamsOf.get(row);
        int last = lastFormed(row, time);
        if (last >= 0 && teams.get(last).ended() > time) {
            return teams.get(last).ended();
        }
        return last + 1 < teams.size() ? teams.get(last + 1).formed() : Double.POSITIVE_INFINITY;
    }

    /** The last of a worker's teams that had formed at a time; -1 for none. */
    private int lastFormed(int row, double time) {
        List<TeamRow> teams = teamsOf.get(row);
        int low = 0;
        int high = teams.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (teams.get(middle).formed() <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}

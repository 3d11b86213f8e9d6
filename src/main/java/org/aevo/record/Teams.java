package org.aevo.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.aevo.record.Entry.TeamEnded;
import org.aevo.record.Entry.TeamFormed;

/** Every team of a run, in the order in which they formed. */
final class Teams {
    /** Of who is in no team. */
    static final long NONE = -1;

    private final List<TeamRow> rows;
    private final Map<Long, Integer> rowOf;
    /** The row of the team that each worker is in now. */
    private final Map<Long, Integer> current;

    Teams() {
        rows = new ArrayList<>();
        rowOf = new HashMap<>();
        current = new HashMap<>();
    }

    private Teams(Teams live) {
        rows = List.copyOf(live.rows);
        rowOf = Map.copyOf(live.rowOf);
        current = Map.copyOf(live.current);
    }

    Teams freeze() {
        return new Teams(this);
    }

    List<TeamRow> list() {
        return List.copyOf(rows);
    }

    /** The team of a number that formed. */
    TeamRow get(long team) {
        return rows.get(rowOf.get(team));
    }

    /** The number of the team that a worker is in; {@link #NONE} if it is in none. */
    long of(long worker) {
        Integer row = current.get(worker);
        return row == null ? NONE : rows.get(row).team();
    }

    /**
     * Takes a new team in.
     *
     * @param isThere of a worker's number, whether it joined and has not left
     * @throws IllegalArgumentException if no such team can be; nothing is taken in then
     */
    void form(TeamFormed e, int session, LongPredicate isThere) {
        String team = "team " + e.team();
        if (e.team() < 0 || rowOf.containsKey(e.team())) {
            throw new IllegalArgumentException(team + (e.team() < 0 ? " has no number" : " formed twice"));
        }
        if (e.workers().size() < 2
                || new HashSet<>(e.workers()).size() < e.workers().size()) {
            throw new IllegalArgumentException(
                    team + " is of workers " + e.workers() + ": they must be at least 2, each once");
        }
        for (long worker : e.workers()) {
            if (!isThere.test(worker)) {
                throw new IllegalArgumentException(team + " is of worker " + worker + ", which is not there");
            }
            if (current.containsKey(worker)) {
                throw new IllegalArgumentException(
                        team + " is of worker " + worker + ", which is in team " + of(worker) + " already");
            }
        }
        e.workers().forEach(worker -> current.put(worker, rows.size()));
        rowOf.put(e.team(), rows.size());
        rows.add(TeamRow.of(e, session));
    }

    /** @throws IllegalArgumentException if it never formed, or has ended */
    void end(TeamEnded e) {
        Integer row = rowOf.get(e.team());
        if (row == null || !rows.get(row).present()) {
            throw new IllegalArgumentException(
                    "team " + e.team() + (row == null ? " ended, but never formed" : " ended twice"));
        }
        end(row, e.time(), e.lost(), e.reason());
    }

    /** The master is gone, and with it all teams. */
    void endAll(double time) {
        for (int row = 0; row < rows.size(); row++) {
            if (rows.get(row).present()) {
                end(row, time, true, "the master was lost");
            }
        }
    }

    private void end(int row, double time, boolean lost, String reason) {
        rows.get(row).workers().forEach(current::remove);
        rows.set(row, rows.get(row).end(time, lost, reason));
    }
}

package org.aevo.record;

import io.jhdf.WritableHdfFile;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** What {@code run.h5} has of teams: who was in which when, and what working together took. */
final class TeamTables {
    static final String TEAMS = "teams";

    private final List<TeamRow> teams;
    private final Outcomes outcomes;

    TeamTables(RunHistory history) {
        this.teams = history.teams();
        this.outcomes = history.outcomes();
    }

    /** Members of the first team, which all others are as large as; 1 without teams. */
    int size() {
        return teams.isEmpty() ? 1 : teams.get(0).size();
    }

    /** Adds the columns of evaluations. */
    void columns(Hdf5Table evaluations, IntUnaryOperator outcome) {
        evaluations
                .i64(
                        "team",
                        "",
                        "that evaluated it; -1 for a worker alone",
                        i -> outcomes.team.get(outcome.applyAsInt(i)))
                .i32("ranks", "", "that worked on it", i -> outcomes.ranks.get(outcome.applyAsInt(i)))
                .f64(
                        "communication_s",
                        "s",
                        "of its training and validation that the team's leader spent in what members do together; NaN of"
                                + " one rank",
                        i -> outcomes.communication.get(outcome.applyAsInt(i)))
                .f64(
                        "communication_share",
                        "",
                        "communication_s / (train_s + validate_s); NaN of one rank",
                        i -> share(outcome.applyAsInt(i)));
    }

    private double share(int row) {
        return outcomes.communication.get(row) / (outcomes.train.get(row) + outcomes.validate.get(row));
    }

    /** Writes the group of teams. */
    void put(WritableHdfFile file) {
        int[] team = IntStream.range(0, teams.size())
                .flatMap(row ->
                        IntStream.generate(() -> row).limit(teams.get(row).size()))
                .toArray();
        int[] member = teams.stream()
                .flatMapToInt(row -> IntStream.range(0, row.size()))
                .toArray();
        new Hdf5Table(file, TEAMS, "one row per member of each team, by team", team.length)
                .i64("team", "", "number of the team", i -> teams.get(team[i]).team())
                .i32("member", "", "place in the team; 0 leads it", i -> member[i])
                .i64("worker", "", "worker process", i -> teams.get(team[i])
                        .workers()
                        .get(member[i]))
                .f64("formed_s", "s", "when it was ready for work", i -> teams.get(team[i])
                        .formed())
                .f64("ended_s", "s", "when it ended; NaN while it is there", i -> teams.get(team[i])
                        .ended())
                .i32(
                        "lost",
                        "",
                        "1 if it ended by the loss of a member, of what binds them, or of its master",
                        i -> teams.get(team[i]).lost() ? 1 : 0);
    }
}

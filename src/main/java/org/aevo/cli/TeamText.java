package org.aevo.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.record.TeamRow;
import org.aevo.record.WorkerRow;
import org.aevo.report.Numbers;
import org.aevo.search.Durations;
import org.aevo.search.Teamwork;
import org.aevo.stat.Statistics;

/** What 'aevo show' says of a run's teams. */
final class TeamText {
    private final RunHistory history;

    TeamText(RunHistory history) {
        this.history = history;
    }

    /** One line about all of them; empty where each worker worked by itself. */
    Optional<String> all() {
        List<TeamRow> teams = history.teams();
        if (teams.isEmpty()) {
            return Optional.empty();
        }
        long lost = teams.stream().filter(TeamRow::lost).count();
        double[] shares = LongStream.range(0, history.asked())
                .mapToObj(history::evaluation)
                .flatMap(Optional::stream)
                .mapToDouble(TeamText::share)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return Optional.of("teams of " + sizes(teams) + " workers: " + teams.size() + " formed, " + lost + " lost"
                + (shares.length == 0
                        ? ""
                        : "; communication " + Numbers.percent(Statistics.quantile(shares, 0.5))
                                + " of training and validation (median; " + Numbers.percent(shares[0]) + " to "
                                + Numbers.percent(shares[shares.length - 1]) + ")"));
    }

    /** Of a run that went on with others there are several. */
    private static String sizes(List<TeamRow> teams) {
        return teams.stream()
                .map(TeamRow::size)
                .distinct()
                .sorted()
                .map(size -> Integer.toString(size))
                .collect(Collectors.joining(" and "));
    }

    /** Who evaluated a candidate together; empty of a worker alone. */
    Optional<String> of(EvaluationRow row) {
        return history.teams().stream()
                .filter(team -> team.team() == row.team())
                .findFirst()
                .map(team -> "team " + team.team() + ", workers " + ranks(team) + communication(row));
    }

    /** Places of its members, the leader first. */
    private String ranks(TeamRow team) {
        Map<Long, Integer> ranks = history.workers().stream()
                .map(WorkerRow::joined)
                .collect(Collectors.toMap(joined -> joined.worker(), joined -> joined.rank()));
        return team.workers().stream()
                .map(worker -> ranks.get(worker).toString())
                .collect(Collectors.joining(", "));
    }

    private static String communication(EvaluationRow row) {
        double share = share(row);
        return Double.isFinite(share)
                ? "; communication "
                        + Numbers.duration(row.evaluation().effort().teamwork().communicationSeconds()) + ", "
                        + Numbers.percent(share) + " of training and validation"
                : "";
    }

    /** What working together took of training and validation; NaN of a worker alone. */
    static double share(EvaluationRow row) {
        Teamwork work = row.evaluation().effort().teamwork();
        Durations durations = row.evaluation().effort().durations();
        return work.communicationSeconds() / (durations.train() + durations.validate());
    }

    /** The same for programs; names are those of /teams in run.h5. */
    List<Object> tree() {
        List<Object> teams = new ArrayList<>();
        for (TeamRow row : history.teams()) {
            Map<String, Object> team = new LinkedHashMap<>();
            team.put("team", row.team());
            team.put("workers", row.workers());
            team.put("formed_s", row.formed());
            team.put("ended_s", row.ended());
            team.put("lost", row.lost());
            team.put("reason", row.reason());
            teams.add(team);
        }
        return teams;
    }
}

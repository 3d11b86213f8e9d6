package org.aevo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.network.EnumText;
import org.aevo.predict.Draw;
import org.aevo.predict.Forecast;
import org.aevo.predict.Prediction;
import org.aevo.predict.Predictor;
import org.aevo.predict.Scenario;
import org.aevo.record.Accounting;
import org.aevo.record.RunHistory;
import org.aevo.record.TeamRow;
import org.aevo.record.WorkerRow;
import org.aevo.report.CsvFile;
import org.aevo.search.Mode;

/**
 * Predictions of runs that were made, beside what they measured. The prediction is given a run's input, number of workers,
 * number of evaluations and the times at which its workers were there; all else is of the workload.
 */
final class PredictionCheck {
    private final TeamWorkloads teams;
    private final Draw draw;
    private final int repeats;
    private final Optional<Integer> prefetch;
    private final Optional<Long> seed;
    private final List<Row> rows = new ArrayList<>();

    private record Row(Path run, Mode mode, Scenario scenario, Forecast predicted, Accounting measured) {
        double wall() {
            return predicted.spread(Prediction::wallSeconds).median();
        }

        double utilisation() {
            return predicted.spread(Prediction::utilisation).median();
        }
    }

    PredictionCheck(TeamWorkloads teams, Draw draw, int repeats, Optional<Integer> prefetch, Optional<Long> seed) {
        this.teams = teams;
        this.draw = draw;
        this.repeats = repeats;
        this.prefetch = prefetch;
        this.seed = seed;
    }

    /**
     * @throws InputException if the run cannot be compared
     */
    void add(Path directory, RunHistory history) {
        Accounting measured = Accounting.of(history)
                .orElseThrow(() -> new InputException("--measured: " + directory + " has no evaluation yet"));
        if (history.sessions().size() > 1) {
            throw new InputException(
                    "--measured: " + directory + " was resumed: what passed between its masters cannot be predicted");
        }
        RunConfig config = PredictCommand.input(directory, history);
        Map<Integer, Double> joined = joined(history);
        int team = TeamWorkloads.sizeIn(history);
        teams.prepare(List.of(team));
        Predictor predictor = new Predictor(teams, new PredictedSearch(config, history.inputs(), "run"));
        List<Scenario> scenarios = LongStream.range(0, repeats)
                .mapToObj(repeat -> Scenario.of(
                                config.mode(),
                                history.sessions().get(0).workers(),
                                history.evaluated(),
                                seed.orElse(config.seed()) + repeat,
                                draw)
                        .withPrefetch(prefetch.orElse(config.cluster().prefetch()))
                        .withTeam(team)
                        .withOrder(config.sendingOrder())
                        .withStart(worker -> joined.getOrDefault(worker, Double.POSITIVE_INFINITY)))
                .toList();
        List<Prediction> predictions = PredictionProgress.watch(predictor, scenarios);
        rows.add(new Row(directory, config.mode(), scenarios.get(0), new Forecast(predictions, predictions), measured));
    }

    /** When each place had a worker, or a team, for the first time. */
    private static Map<Integer, Double> joined(RunHistory history) {
        Map<Integer, Double> joined = new HashMap<>();
        for (TeamRow team : history.teams()) {
            // a later one is of members of those before
            joined.put(joined.size(), team.formed());
        }
        if (joined.isEmpty()) {
            for (WorkerRow worker : history.workers()) {
                joined.merge(worker.joined().rank() - 1, worker.joined().time(), Math::min);
            }
        }
        return joined;
    }

    String text() {
        StringBuilder text = new StringBuilder(String.format(
                "%-5s %7s %5s %11s  %9s %9s %6s  %11s %8s %6s  %s%n",
                "mode",
                "workers",
                "team",
                "evaluations",
                "wall s",
                "measured",
                "ratio",
                "utilisation",
                "measured",
                "ratio",
                "run"));
        for (Row r : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-5s %7d %5d %11d  %9.2f %9.2f %6.3f  %11.4f %8.4f %6.3f  %s%n",
                    EnumText.of(r.mode()),
                    r.scenario().workers(),
                    r.scenario().team(),
                    r.scenario().evaluations(),
                    r.wall(),
                    r.measured().wallSeconds(),
                    r.wall() / r.measured().wallSeconds(),
                    r.utilisation(),
                    r.measured().utilisation(),
                    r.utilisation() / r.measured().utilisation(),
                    r.run()));
        }
        return text.toString();
    }

    String csv() {
        StringBuilder text = new StringBuilder(CsvFile.line(List.of(
                "run",
                "mode",
                "workers",
                "team",
                "evaluations",
                "predicted_wall_s",
                "measured_wall_s",
                "predicted_utilisation",
                "measured_utilisation")));
        for (Row r : rows) {
            text.append(CsvFile.line(List.of(
                    r.run(),
                    EnumText.of(r.mode()),
                    r.scenario().workers(),
                    r.scenario().team(),
                    r.scenario().evaluations(),
                    r.wall(),
                    r.measured().wallSeconds(),
                    r.utilisation(),
                    r.measured().utilisation())));
        }
        return text.toString();
    }
}

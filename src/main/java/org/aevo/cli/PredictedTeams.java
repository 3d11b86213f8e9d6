package org.aevo.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.aevo.network.EnumText;
import org.aevo.predict.Communication;
import org.aevo.predict.Forecast;
import org.aevo.predict.Prediction;
import org.aevo.predict.TeamModel;
import org.aevo.report.Numbers;
import org.aevo.search.Mode;
import org.aevo.stat.Statistics;

/** When teams pay: for one network, and for the whole run. */
final class PredictedTeams {
    private static final double[] SIZES = {1e4, 1e5, 1e6};
    private static final double MILLIS = 1e3;

    private final Predictions predictions;
    private final TeamModel model;
    private final List<Integer> teams;

    /** @param predictions that have a model of teams */
    PredictedTeams(Predictions predictions) {
        this.predictions = predictions;
        this.model = predictions.teams().model().orElseThrow();
        this.teams = predictions.forecasts().stream()
                .map(f -> f.scenario().team())
                .filter(team -> team > 1)
                .distinct()
                .sorted()
                .toList();
    }

    /** Lines for people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("teams: communication " + predictions.teams().source());
        double[] steps = model.steps();
        double[] parameters = model.parameters();
        lines.add(String.format(
                Locale.ROOT,
                "  the run's networks: %s parameters and steps of %s alone in the median",
                Numbers.text(Statistics.quantile(parameters, 0.5)),
                Numbers.duration(Statistics.quantile(steps, 0.5))));
        teams.forEach(team -> lines.add(pays(team)));
        fastest().forEach((mode, byWorkers) -> lines.add(fastest(mode, byWorkers)));
        return lines;
    }

    private String pays(int team) {
        Communication.Cost cost = model.communication().of(team);
        double[] speedUps = model.speedUps(team);
        List<String> from = new ArrayList<>();
        for (double size : SIZES) {
            from.add(Numbers.duration(model.worthwhileStep(team, size)) + " (" + Numbers.text(size) + " parameters)");
        }
        long faster = faster(speedUps);
        return String.format(
                Locale.ROOT,
                "  a team of %d sums up in %s + %s for a million parameters, and trains a network faster than one worker from"
                        + " steps of %s on: %d of the run's %d, %.2f times as fast in the median",
                team,
                Numbers.duration(cost.latency()),
                Numbers.duration(cost.perParameter() * 1e6),
                String.join(", ", from),
                faster,
                speedUps.length,
                Statistics.quantile(speedUps, 0.5));
    }

    private static long faster(double[] speedUps) {
        return Arrays.stream(speedUps).filter(s -> s > 1).count();
    }

    /** For each mode and number of workers the forecast of the shortest wall time; the smaller team among equals. */
    private Map<Mode, TreeMap<Integer, Forecast>> fastest() {
        Map<Mode, TreeMap<Integer, Forecast>> fastest = new LinkedHashMap<>();
        predictions.forecasts().stream()
                .sorted(Comparator.comparingInt(f -> f.scenario().team()))
                .forEach(f -> fastest.computeIfAbsent(f.scenario().mode(), mode -> new TreeMap<>())
                        .merge(f.scenario().workers(), f, (a, b) -> wall(b) < wall(a) ? b : a));
        return fastest;
    }

    private static double wall(Forecast f) {
        return Predictions.median(f, Prediction::wallSeconds);
    }

    private String fastest(Mode mode, TreeMap<Integer, Forecast> byWorkers) {
        Map<Integer, List<String>> workersOf = new TreeMap<>();
        byWorkers.forEach((workers, f) -> workersOf
                .computeIfAbsent(f.scenario().team(), team -> new ArrayList<>())
                .add(workers.toString()));
        List<String> parts = new ArrayList<>();
        workersOf.forEach((team, workers) -> parts.add(
                (team == 1 ? "each worker by itself" : "teams of " + team) + " with " + String.join(", ", workers)));
        Forecast own = byWorkers.get(predictions.places());
        return "  " + EnumText.of(mode) + ", fastest: " + String.join("; ", parts) + " workers"
                + (own == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; with the run's %d: %s, %s for a generation",
                                predictions.places(),
                                own.scenario().team() == 1
                                        ? "each by itself"
                                        : "teams of " + own.scenario().team(),
                                Numbers.duration(predictions.generationSeconds(own))));
    }

    /** The same for programs. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("communication_is", predictions.teams().source());
        tree.put("own_team", predictions.teams().own());
        tree.put("median_parameters", Statistics.quantile(model.parameters(), 0.5));
        tree.put("median_step_ms", MILLIS * Statistics.quantile(model.steps(), 0.5));
        tree.put("sizes", teams.stream().map(this::size).toList());
        List<Object> best = new ArrayList<>();
        fastest()
                .forEach((mode, byWorkers) -> byWorkers.forEach((workers, f) -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("mode", EnumText.of(mode));
                    one.put("workers", workers);
                    one.put("team", f.scenario().team());
                    one.put("generation_s", predictions.generationSeconds(f));
                    best.add(one);
                }));
        tree.put("fastest", best);
        return tree;
    }

    private Map<String, Object> size(int team) {
        Communication.Cost cost = model.communication().of(team);
        double[] speedUps = model.speedUps(team);
        Map<String, Object> size = new LinkedHashMap<>();
        size.put("team", team);
        size.put("latency_ms", MILLIS * cost.latency());
        size.put("per_million_parameters_ms", MILLIS * 1e6 * cost.perParameter());
        for (double parameters : SIZES) {
            size.put("pays_from_step_ms_" + (long) parameters, MILLIS * model.worthwhileStep(team, parameters));
        }
        size.put("networks", speedUps.length);
        size.put("faster", faster(speedUps));
        size.put("median_speed_up", Statistics.quantile(speedUps, 0.5));
        return size;
    }
}

package org.aevo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.aevo.genome.EnumText;
import org.aevo.predict.ExpectedMaximum;
import org.aevo.predict.Forecast;
import org.aevo.predict.MasterModel;
import org.aevo.predict.Prediction;
import org.aevo.predict.Workload;
import org.aevo.record.RunHistory;
import org.aevo.search.Mode;

/** Predictions as a table for people, and as CSV and JSON for scripts. */
final class PredictionReport {
    /** From which share of the workers' time on a loss is worth a line. */
    private static final double NOTABLE = 0.1;

    /** Evaluations after which a master's virtual machine has compiled what it runs. */
    private static final long WARM = 20_000;

    private final Path run;
    private final RunHistory history;
    private final Workload workload;
    private final long costsOf;
    private final List<Forecast> forecasts;
    private final PredictCommand.Scaling scaling;
    private final String population;

    /**
     * @param costsOf evaluations after which the master's costs were measured
     */
    PredictionReport(
            Path run,
            RunHistory history,
            Workload workload,
            long costsOf,
            List<Forecast> forecasts,
            PredictCommand.Scaling scaling,
            String population) {
        this.run = run;
        this.history = history;
        this.workload = workload;
        this.costsOf = costsOf;
        this.forecasts = forecasts;
        this.scaling = scaling;
        this.population = population;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        MasterModel master = workload.master();
        line(
                text,
                "PREDICTION from %s: no such run was made%s",
                run,
                simulated() ? "; ITS DURATIONS ARE SIMULATED" : "");
        line(
                text,
                "measured: %d evaluations of %.4g s (CV %.2f) by %d workers; messages %.2g ms; master %.2g ms for each, %.2g ms"
                        + " for a commit",
                workload.size(),
                workload.meanSeconds(),
                workload.variation(),
                history.sessions().get(0).workers(),
                1e3 * workload.meanLatency(),
                1e3 * master.secondsEach(),
                1e3 * master.commitSeconds());
        int repeats = forecasts.get(0).repeats().size();
        line(
                text,
                "%s scaling, population %s, %s",
                EnumText.of(scaling),
                population,
                repeats == 1 ? "one seed" : "medians of " + repeats + " seeds (lowest-highest)");
        Optional<Mode> shown = Optional.empty();
        for (Forecast f : forecasts) {
            Mode mode = f.scenario().mode();
            if (!shown.equals(Optional.of(mode))) {
                shown = Optional.of(mode);
                line(text, "");
                line(
                        text,
                        "%-5s %7s %11s %10s %19s %8s %10s %11s %7s %8s %8s %9s %6s",
                        EnumText.of(mode),
                        "workers",
                        "evaluations",
                        "wall s",
                        "",
                        "speed-up",
                        "efficiency",
                        "utilisation",
                        "barrier",
                        "dispatch",
                        "draining",
                        "per hour",
                        "master");
            }
            row(text, f);
        }
        line(text, "");
        knee(text);
        return text.toString();
    }

    private static void row(StringBuilder text, Forecast f) {
        Forecast.Spread wall = f.spread(Prediction::wallSeconds);
        line(
                text,
                "%-5s %7d %11d %10.4g %19s %8.4g %10.3f %11.4f %7.4f %8.4f %8.4f %9.0f %6.3f",
                "",
                f.scenario().workers(),
                (long) median(f, p -> p.accounting().evaluations()),
                wall.median(),
                f.repeats().size() == 1 ? "" : String.format(Locale.ROOT, "(%.4g-%.4g)", wall.low(), wall.high()),
                f.speedUp().median(),
                f.efficiency().median(),
                median(f, Prediction::utilisation),
                median(f, Prediction::barrier),
                median(f, Prediction::dispatch),
                median(f, Prediction::draining),
                median(f, Prediction::evaluationsPerHour),
                median(f, Prediction::masterLoad));
    }

    private void knee(StringBuilder text) {
        MasterModel master = workload.master();
        double mean = workload.meanSeconds();
        double round = mean + workload.meanLatency();
        if (master.secondsEach() > 0) {
            line(
                    text,
                    "master: saturated at about %.0f workers = %.4g s / %.2g ms, by %.0f evaluations per second",
                    master.knee(round),
                    round,
                    1e3 * master.secondsEach(),
                    master.limit());
            if (costsOf < WARM) {
                line(
                        text,
                        "  or many more: measured after %d evaluations, when its program was still warming up; --master DIR of a"
                                + " run with %d short ones tells",
                        costsOf,
                        WARM);
            }
        }
        for (Mode mode : Mode.values()) {
            List<Forecast> of =
                    forecasts.stream().filter(f -> f.scenario().mode() == mode).toList();
            if (of.isEmpty()) {
                continue;
            }
            notable(text, mode, of, "waiting for the master and messages", Prediction::dispatch);
            if (mode == Mode.SYNC) {
                notable(text, mode, of, "waiting at the barrier", Prediction::barrier);
            }
            notable(text, mode, of, "draining at the end", Prediction::draining);
            of.stream()
                    .flatMap(f -> f.repeats().stream())
                    .flatMap(p -> p.exhausted().stream())
                    .findFirst()
                    .ifPresent(why -> line(text, "%s: some searches end early: %s", EnumText.of(mode), why));
        }
        line(text, "a generation of n with a worker for each: at best mean / E[longest of n] in use:");
        for (int n = 4; n <= 1024; n *= 4) {
            text.append(String.format(Locale.ROOT, "  n=%d %.3f", n, mean / ExpectedMaximum.of(workload.seconds(), n)));
        }
        line(text, "");
    }

    private static void notable(
            StringBuilder text, Mode mode, List<Forecast> of, String what, ToDoubleFunction<Prediction> share) {
        of.stream()
                .filter(f -> median(f, share) > NOTABLE)
                .findFirst()
                .ifPresent(f -> line(
                        text,
                        "%s: from %d workers on more than a tenth of their time is %s",
                        EnumText.of(mode),
                        f.scenario().workers(),
                        what));
    }

    private static double median(Forecast f, ToDoubleFunction<Prediction> of) {
        return f.spread(of).median();
    }

    private boolean simulated() {
        return history.started().orElseThrow().simulated();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append(System.lineSeparator());
    }

    String csv() {
        StringBuilder text = new StringBuilder();
        for (Forecast f : forecasts) {
            Map<String, String> row = columns(f);
            if (text.isEmpty()) {
                text.append("kind,run,simulated,")
                        .append(String.join(",", row.keySet()))
                        .append('\n');
            }
            text.append("prediction,")
                    .append(quoted(run.toString()))
                    .append(simulated() ? ",1," : ",0,")
                    .append(String.join(",", row.values()))
                    .append('\n');
        }
        return text.toString();
    }

    String json() {
        MasterModel master = workload.master();
        List<String> rows = new ArrayList<>();
        for (Forecast f : forecasts) {
            List<String> fields = new ArrayList<>();
            columns(f)
                    .forEach((key, value) -> fields.add("\"" + key + "\": "
                            + (key.equals("mode") || key.equals("scaling") ? "\"" + value + "\"" : value)));
            rows.add("    {" + String.join(", ", fields) + "}");
        }
        return String.format(
                Locale.ROOT,
                """
                {
                  "kind": "prediction",
                  "run": %s,
                  "simulated": %s,
                  "complete": %s,
                  "measured": {"evaluations": %d, "workers": %d, "mean_s": %s, "cv": %s, "drift": %s, "latency_s": %s},
                  "master": {"service_s": %s, "search_s": %s, "commit_s": %s, "knee_workers": %s},
                  "predictions": [
                %s
                  ]
                }
                """,
                quotedJson(run.toString()),
                simulated(),
                history.complete(),
                workload.size(),
                history.sessions().get(0).workers(),
                number(workload.meanSeconds()),
                number(workload.variation()),
                number(workload.drift()),
                number(workload.meanLatency()),
                number(master.serviceSeconds()),
                number(master.searchSeconds()),
                number(master.commitSeconds()),
                number(master.knee(workload.meanSeconds() + workload.meanLatency())),
                String.join(",\n", rows));
    }

    private Map<String, String> columns(Forecast f) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("scaling", EnumText.of(scaling));
        columns.put("mode", EnumText.of(f.scenario().mode()));
        columns.put("workers", Integer.toString(f.scenario().workers()));
        columns.put("evaluations", Long.toString((long)
                median(f, p -> p.accounting().evaluations())));
        columns.put("repeats", Integer.toString(f.repeats().size()));
        put(columns, "wall_s", f.spread(Prediction::wallSeconds));
        put(columns, "speed_up", f.speedUp());
        put(columns, "efficiency", f.efficiency());
        put(columns, "utilisation", f.spread(Prediction::utilisation));
        put(columns, "barrier", f.spread(Prediction::barrier));
        put(columns, "dispatch", f.spread(Prediction::dispatch));
        put(columns, "draining", f.spread(Prediction::draining));
        put(columns, "evaluations_per_hour", f.spread(Prediction::evaluationsPerHour));
        put(columns, "master_load", f.spread(Prediction::masterLoad));
        return columns;
    }

    private static void put(Map<String, String> columns, String name, Forecast.Spread spread) {
        columns.put(name, number(spread.median()));
        columns.put(name + "_low", number(spread.low()));
        columns.put(name + "_high", number(spread.high()));
    }

    /** JSON has no other word for what is no number. */
    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "null";
    }

    /** A field of a CSV file (RFC 4180). */
    static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private static String quotedJson(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            quoted.append(c == '"' || c == '\\' || c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return quoted.append('"').toString();
    }
}

package org.aevo.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aevo.genome.EnumText;
import org.aevo.predict.Forecast;
import org.aevo.predict.MasterModel;
import org.aevo.predict.Prediction;
import org.aevo.predict.Workload;

/** Predictions for scripts: CSV and JSON. Medians over the seeds under a column's own name, the extremes beside it. */
final class PredictionData {
    private final Predictions predictions;

    PredictionData(Predictions predictions) {
        this.predictions = predictions;
    }

    String csv() {
        StringBuilder text = new StringBuilder();
        for (Forecast f : predictions.forecasts()) {
            Map<String, String> row = columns(f);
            if (text.isEmpty()) {
                text.append("kind,run,simulated,")
                        .append(String.join(",", row.keySet()))
                        .append('\n');
            }
            text.append("prediction,")
                    .append(quoted(predictions.run().toString()))
                    .append(predictions.simulated() ? ",1," : ",0,")
                    .append(String.join(",", row.values()))
                    .append('\n');
        }
        return text.toString();
    }

    String json() {
        Workload workload = predictions.workload();
        MasterModel master = workload.master();
        List<String> rows = new ArrayList<>();
        for (Forecast f : predictions.forecasts()) {
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
                quotedJson(predictions.run().toString()),
                predictions.simulated(),
                predictions.history().complete(),
                workload.size(),
                predictions.places(),
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
        columns.put("scaling", EnumText.of(predictions.scaling()));
        columns.put("mode", EnumText.of(f.scenario().mode()));
        columns.put("workers", Integer.toString(f.scenario().workers()));
        columns.put("evaluations", Long.toString((long)
                Predictions.median(f, p -> p.accounting().evaluations())));
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

package org.aevo.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.aevo.genome.EnumText;
import org.aevo.predict.Forecast;
import org.aevo.predict.MasterModel;
import org.aevo.predict.Prediction;
import org.aevo.predict.Workload;

/** Predictions for scripts: CSV and JSON. Medians over the seeds under a column's own name, the extremes beside it. */
final class PredictionData {
    /** JSON has no other word for what is no number; a field of CSV is empty. */
    private static final String NONE = "null";

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
                    .append(row.values().stream()
                            .map(value -> value.equals(NONE) ? "" : value)
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return text.toString();
    }

    String json() {
        Workload workload = predictions.workload();
        MasterModel master = workload.master();
        List<String> rows = new ArrayList<>();
        for (Forecast f : predictions.forecasts()) {
            Map<String, String> fields = columns(f);
            fields.computeIfPresent("scaling", (key, text) -> quotedJson(text));
            fields.computeIfPresent("mode", (key, text) -> quotedJson(text));
            rows.add(object(fields, " "));
        }
        Map<String, String> measured = new LinkedHashMap<>();
        measured.put("evaluations", Integer.toString(workload.size()));
        measured.put("workers", Integer.toString(predictions.places()));
        measured.put("mean_s", number(workload.meanSeconds()));
        measured.put("cv", number(workload.variation()));
        measured.put("drift", number(workload.drift()));
        measured.put("latency_s", number(workload.meanLatency()));
        Map<String, String> costs = new LinkedHashMap<>();
        costs.put("service_s", number(master.serviceSeconds()));
        costs.put("search_s", number(master.searchSeconds()));
        costs.put("commit_s", number(master.commitSeconds()));
        costs.put("knee_workers", number(master.knee(workload.meanSeconds() + workload.meanLatency())));
        Map<String, String> all = new LinkedHashMap<>();
        all.put("kind", quotedJson("prediction"));
        all.put("run", quotedJson(predictions.run().toString()));
        all.put("simulated", Boolean.toString(predictions.simulated()));
        all.put("complete", Boolean.toString(predictions.history().complete()));
        all.put("measured", object(measured, " "));
        all.put("master", object(costs, " "));
        all.put("predictions", "[\n" + String.join(",\n", rows) + "\n]");
        return object(all, "\n") + "\n";
    }

    private static String object(Map<String, String> fields, String between) {
        return fields.entrySet().stream()
                .map(e -> quotedJson(e.getKey()) + ": " + e.getValue())
                .collect(Collectors.joining("," + between, "{", "}"));
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

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : NONE;
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

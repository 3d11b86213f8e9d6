package org.aevo.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aevo.network.EnumText;
import org.aevo.predict.Forecast;
import org.aevo.predict.MasterModel;
import org.aevo.predict.Prediction;
import org.aevo.predict.Workload;
import org.aevo.record.Json;
import org.aevo.report.CsvFile;
import org.aevo.stat.Spread;

/** Predictions for scripts: CSV and JSON. Medians over the seeds under a column's own name, the extremes beside it. */
final class PredictionData {
    private final Predictions predictions;

    PredictionData(Predictions predictions) {
        this.predictions = predictions;
    }

    String csv() {
        StringBuilder text = new StringBuilder();
        for (Forecast f : predictions.forecasts()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("kind", "prediction");
            row.put("run", predictions.run());
            row.put("simulated", predictions.simulated() ? 1 : 0);
            row.putAll(columns(f));
            text.append(text.isEmpty() ? CsvFile.line(List.copyOf(row.keySet())) : "")
                    .append(CsvFile.line(List.copyOf(row.values())));
        }
        return text.toString();
    }

    String json() {
        Workload workload = predictions.workload();
        MasterModel master = workload.master();
        Map<String, Object> measured = new LinkedHashMap<>();
        measured.put("evaluations", workload.size());
        measured.put("workers", predictions.places());
        measured.put("team", predictions.teams().own());
        measured.put("mean_s", workload.meanSeconds());
        measured.put("cv", workload.variation());
        measured.put("drift", workload.drift());
        measured.put("latency_s", workload.meanLatency());
        Map<String, Object> costs = new LinkedHashMap<>();
        costs.put("service_s", master.serviceSeconds());
        costs.put("search_s", master.searchSeconds());
        costs.put("commit_s", master.commitSeconds());
        costs.put("knee_workers", master.knee(workload.meanSeconds() + workload.meanLatency()));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("kind", "prediction");
        all.put("run", predictions.run());
        all.put("simulated", predictions.simulated());
        all.put("complete", predictions.history().complete());
        all.put("measured", measured);
        all.put("master", costs);
        predictions.teams().model().ifPresent(model -> all.put("teams", new PredictedTeams(predictions).tree()));
        all.put(
                "predictions",
                predictions.forecasts().stream().map(this::columns).toList());
        return Json.of(all);
    }

    private Map<String, Object> columns(Forecast f) {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("scaling", EnumText.of(predictions.scaling()));
        columns.put("mode", EnumText.of(f.scenario().mode()));
        columns.put("workers", f.scenario().workers());
        columns.put("team", f.scenario().team());
        columns.put(
                "evaluations", (long) Predictions.median(f, p -> p.accounting().evaluations()));
        columns.put("repeats", f.repeats().size());
        put(columns, "wall_s", f.spread(Prediction::wallSeconds));
        put(columns, "speed_up", f.speedUp());
        put(columns, "efficiency", f.efficiency());
        put(columns, "utilisation", f.spread(Prediction::utilisation));
        put(columns, "barrier", f.spread(Prediction::barrier));
        put(columns, "dispatch", f.spread(Prediction::dispatch));
        put(columns, "draining", f.spread(Prediction::draining));
        put(columns, "evaluations_per_hour", f.spread(Prediction::evaluationsPerHour));
        put(columns, "master_load", f.spread(Prediction::masterLoad));
        columns.put("generation_s", predictions.generationSeconds(f));
        return columns;
    }

    private static void put(Map<String, Object> columns, String name, Spread spread) {
        columns.put(name, spread.median());
        columns.put(name + "_low", spread.min());
        columns.put(name + "_high", spread.max());
    }
}

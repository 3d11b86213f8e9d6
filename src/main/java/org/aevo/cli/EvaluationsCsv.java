package org.aevo.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.network.EnumText;
import org.aevo.record.EvaluationRow;
import org.aevo.record.OperationCounts;
import org.aevo.record.RunHistory;
import org.aevo.report.CsvFile;
import org.aevo.search.Figure;

/**
 * The evaluations of a run as CSV (RFC 4180, UTF-8): the columns of {@code /evaluations} in run.h5, of the same names,
 * then the genome, the message, and whether all that is invented (1) or measured (0). Missing numbers are empty fields.
 */
final class EvaluationsCsv {
    private EvaluationsCsv() {}

    private static Map<String, Function<EvaluationRow, Object>> columns(RunHistory history) {
        OperationCounts operations = OperationCounts.of(history);
        boolean knowsWhoLeft = history.knowsWhoLeft();
        Map<String, Function<EvaluationRow, Object>> columns = new LinkedHashMap<>();
        columns.put("id", row -> row.candidate().id());
        columns.put("generation", row -> row.candidate().generation());
        columns.put("birth", row -> row.candidate().id());
        columns.put("insertion", EvaluationRow::insertion);
        columns.put("selection_lag", EvaluationRow::selectionLag);
        columns.put("parent_a", row -> row.candidate().parentA());
        columns.put("parent_b", row -> row.candidate().parentB());
        columns.put("worker", EvaluationRow::worker);
        columns.put("attempt", EvaluationRow::attempt);
        columns.put("team", EvaluationRow::team);
        columns.put("ranks", row -> row.evaluation().effort().teamwork().ranks());
        columns.put(
                "communication_s", row -> row.evaluation().effort().teamwork().communicationSeconds());
        columns.put("communication_share", TeamText::share);
        columns.put("asked_s", EvaluationRow::asked);
        columns.put("dispatched_s", EvaluationRow::dispatched);
        columns.put("arrived_s", EvaluationRow::arrived);
        columns.put("wait_s", EvaluationRow::waitSeconds);
        columns.put("build_s", row -> row.evaluation().effort().durations().build());
        columns.put("train_s", row -> row.evaluation().effort().durations().train());
        columns.put("validate_s", row -> row.evaluation().effort().durations().validate());
        columns.put("status", row -> row.evaluation().status().ordinal());
        columns.put("fitness", row -> row.evaluation().fitness());
        columns.put("train_loss", row -> row.evaluation().score().trainLoss());
        columns.put("validation_loss", row -> row.evaluation().score().validationLoss());
        columns.put("parameters", row -> row.evaluation().effort().parameters());
        columns.put(
                "forward_operations", row -> operations.forward(row.candidate().id()));
        columns.put("step_operations", row -> operations.step(row.candidate().id()));
        columns.put("epochs", row -> row.evaluation().effort().epochs());
        columns.put("stopped", row -> history.stoppedAt(row.candidate().id(), row.attempt()));
        columns.put("samples_per_s", row -> row.evaluation().effort().samplesPerSecond());
        columns.put("cpu_s", row -> row.evaluation().effort().usage().cpuSeconds());
        columns.put(
                "peak_memory_bytes", row -> row.evaluation().effort().usage().peakMemoryBytes());
        columns.put("gpu_memory_bytes", row -> row.evaluation().effort().usage().gpuMemoryBytes());
        columns.put(
                "weights_origin",
                row -> EnumText.of(row.evaluation().effort().inheritance().origin()));
        columns.put(
                "inherited_share",
                row -> row.evaluation().effort().inheritance().share());
        columns.put("cumulated_epochs", row -> row.evaluation().effort().cumulatedEpochs());
        columns.put("operator", row -> row.candidate().operator());
        if (knowsWhoLeft) {
            columns.put("left_s", EvaluationRow::left);
        }
        for (Figure figure : Figure.ofNetworks()) {
            columns.put(figure.column(), row -> row.evaluation().score().figure(figure));
        }
        List<String> objectives =
                history.started().map(s -> s.objectives().columns()).orElse(List.of());
        for (int i = 0; i < objectives.size(); i++) {
            int place = i;
            columns.put(objectives.get(i), row -> objective(row, place));
        }
        columns.put("genome", row -> row.candidate().design().toString());
        columns.put("message", row -> row.evaluation().message());
        return columns;
    }

    private static double objective(EvaluationRow row, int place) {
        List<Double> values = row.evaluation().score().objectives();
        return place < values.size() ? values.get(place) : Double.NaN;
    }

    static void print(RunHistory history, OutputStream out) throws IOException {
        Map<String, Function<EvaluationRow, Object>> columns = columns(history);
        List<Object> names = new ArrayList<>(columns.keySet());
        names.add("simulated");
        write(out, names);
        int simulated = history.started().map(s -> s.simulated() ? 1 : 0).orElse(0);
        for (long id = 0; id < history.asked(); id++) {
            Optional<EvaluationRow> row = history.evaluation(id);
            if (row.isPresent()) {
                List<Object> fields = new ArrayList<>();
                columns.values().forEach(column -> fields.add(column.apply(row.get())));
                fields.add(simulated);
                write(out, fields);
            }
        }
        out.flush();
    }

    private static void write(OutputStream out, List<?> fields) throws IOException {
        out.write(CsvFile.line(fields).getBytes(StandardCharsets.UTF_8));
    }
}

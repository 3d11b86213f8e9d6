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
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.report.CsvFile;
import org.aevo.search.Figure;

/**
 * The evaluations of a run as CSV (RFC 4180, UTF-8): the columns of {@code /evaluations} in run.h5, of the same names,
 * then the genome, the message, and whether all that is invented (1) or measured (0). Missing numbers are empty fields.
 */
final class EvaluationsCsv {
    private static final Map<String, Function<EvaluationRow, Object>> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("id", row -> row.candidate().id());
        COLUMNS.put("generation", row -> row.candidate().generation());
        COLUMNS.put("birth", row -> row.candidate().id());
        COLUMNS.put("insertion", EvaluationRow::insertion);
        COLUMNS.put("selection_lag", EvaluationRow::selectionLag);
        COLUMNS.put("parent_a", row -> row.candidate().parentA());
        COLUMNS.put("parent_b", row -> row.candidate().parentB());
        COLUMNS.put("worker", EvaluationRow::worker);
        COLUMNS.put("attempt", EvaluationRow::attempt);
        COLUMNS.put("asked_s", EvaluationRow::asked);
        COLUMNS.put("dispatched_s", EvaluationRow::dispatched);
        COLUMNS.put("arrived_s", EvaluationRow::arrived);
        COLUMNS.put("wait_s", EvaluationRow::waitSeconds);
        COLUMNS.put("build_s", row -> row.evaluation().effort().durations().build());
        COLUMNS.put("train_s", row -> row.evaluation().effort().durations().train());
        COLUMNS.put("validate_s", row -> row.evaluation().effort().durations().validate());
        COLUMNS.put("status", row -> row.evaluation().status().ordinal());
        COLUMNS.put("fitness", row -> row.evaluation().fitness());
        COLUMNS.put("train_loss", row -> row.evaluation().score().trainLoss());
        COLUMNS.put("validation_loss", row -> row.evaluation().score().validationLoss());
        COLUMNS.put("parameters", row -> row.evaluation().effort().parameters());
        COLUMNS.put("epochs", row -> row.evaluation().effort().epochs());
        COLUMNS.put("samples_per_s", row -> row.evaluation().effort().samplesPerSecond());
        COLUMNS.put("cpu_s", row -> row.evaluation().effort().usage().cpuSeconds());
        COLUMNS.put(
                "peak_memory_bytes", row -> row.evaluation().effort().usage().peakMemoryBytes());
        COLUMNS.put("gpu_memory_bytes", row -> row.evaluation().effort().usage().gpuMemoryBytes());
        COLUMNS.put("operator", row -> row.candidate().operator());
        for (Figure figure : Figure.values()) {
            COLUMNS.put(figure.column(), row -> row.evaluation().score().figure(figure));
        }
        COLUMNS.put("genome", row -> row.candidate().design().toString());
        COLUMNS.put("message", row -> row.evaluation().message());
    }

    private EvaluationsCsv() {}

    static void print(RunHistory history, OutputStream out) throws IOException {
        List<Object> names = new ArrayList<>(COLUMNS.keySet());
        names.add("simulated");
        write(out, names);
        int simulated = history.started().map(s -> s.simulated() ? 1 : 0).orElse(0);
        for (long id = 0; id < history.asked(); id++) {
            Optional<EvaluationRow> row = history.evaluation(id);
            if (row.isPresent()) {
                List<Object> fields = new ArrayList<>();
                COLUMNS.values().forEach(column -> fields.add(column.apply(row.get())));
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

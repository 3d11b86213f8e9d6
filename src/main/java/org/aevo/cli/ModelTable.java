package org.aevo.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.aevo.record.ModelMetrics;
import org.aevo.record.ModelMetrics.Row;
import org.aevo.report.Numbers;

/** A trained candidate beside what one would use without a search, for people. */
final class ModelTable {
    private static final String HEAD = "model";

    private final ModelMetrics metrics;

    ModelTable(ModelMetrics metrics) {
        this.metrics = metrics;
    }

    void print(PrintStream out) {
        if (metrics.classifiers()) {
            new ClassifierTable(metrics).print(out);
            return;
        }
        ModelMetrics.Data data = metrics.data();
        out.printf(
                Locale.ROOT,
                "Candidate %d trained fully, and what one would use without a search (%s), on %s that none"
                        + " of them has seen:%n",
                metrics.candidate().id(),
                metrics.task(),
                Numbers.count(data.test(), "test sample"));
        FigureColumns figures = new FigureColumns(metrics.measured());
        int width = Math.max(
                HEAD.length(),
                metrics.rows().stream()
                        .mapToInt(row -> row.model().length())
                        .max()
                        .orElse(0));
        out.println(String.format("%-" + width + "s %10s %6s %9s", HEAD, "parameters", "epochs", "mse")
                + figures.heads() + "  training");
        for (Row row : metrics.rows()) {
            out.println(line(row, figures, width));
        }
        out.printf(
                Locale.ROOT,
                "Networks: %s at most, %s without improvement; fitted to %s, stopped by %s; %s on %s.%n",
                Numbers.count(metrics.training().maxEpochs(), "epoch"),
                metrics.training().patience(),
                Numbers.count(data.fitted(), "sample"),
                Numbers.count(data.heldOut(), "other"),
                metrics.training().engine(),
                metrics.training().device());
        metrics.notes().forEach(out::println);
    }

    private static String line(Row row, FigureColumns figures, int width) {
        StringBuilder text = new StringBuilder(String.format("%-" + width + "s ", row.model()));
        if (Double.isNaN(row.error())) {
            return text.append(row.message().isEmpty() ? "was not measured" : row.message())
                    .toString();
        }
        text.append(String.format(
                Locale.ROOT,
                "%10d %6s %9s",
                row.parameters(),
                row.epochs() == 0 ? "-" : Integer.toString(row.epochs()),
                Terminal.loss(row.error())));
        return text.append(figures.cells(row::figure))
                .append(String.format(Locale.ROOT, "  %7.1fs", row.seconds()))
                .toString();
    }
}

package org.aevo.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.aevo.record.ModelMetrics;
import org.aevo.record.ModelMetrics.Row;
import org.aevo.search.Figure;

/** A trained candidate beside what one would use without a search, for people. */
final class ModelTable {
    private static final String HEAD = "model";

    private final ModelMetrics metrics;

    ModelTable(ModelMetrics metrics) {
        this.metrics = metrics;
    }

    void print(PrintStream out) {
        ModelMetrics.Data data = metrics.data();
        out.printf(
                Locale.ROOT,
                "Candidate %d trained fully, and what one would use without a search (%s), on %d test samples that none"
                        + " of them has seen:%n",
                metrics.candidate().id(),
                metrics.task(),
                data.test());
        List<Figure> figures = metrics.measured();
        int width = Math.max(
                HEAD.length(),
                metrics.rows().stream().mapToInt(row -> row.model().length()).max().orElse(0));
        StringBuilder head = new StringBuilder(String.format("%-" + width + "s %10s %6s %9s", HEAD, "parameters", "epochs", "MSE"));
        figures.forEach(figure -> head.append(' ').append(pad(name(figure), width(figure))));
        out.println(head.append("  training"));
        for (Row row : metrics.rows()) {
            out.println(line(row, figures, width));
        }
        out.printf(
                Locale.ROOT,
                "Networks: %d epochs at most, %d without improvement end the training; fitted to %d samples, stopped by"
                        + " %d others; %s on %s.%n",
                metrics.training().maxEpochs(),
                metrics.training().patience(),
                data.fitted(),
                data.heldOut(),
                metrics.training().engine(),
                metrics.training().device());
        metrics.notes().forEach(out::println);
    }

    private static String line(Row row, List<Figure> figures, int width) {
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
        for (Figure figure : figures) {
            double value = row.figure(figure);
            String number = Double.isNaN(value)
                    ? "-"
                    : String.format(Locale.ROOT, figure == Figure.PSNR ? "%.2f" : "%.4f", value);
            text.append(' ').append(pad(number, width(figure)));
        }
        return text.append(String.format(Locale.ROOT, "  %7.1fs", row.seconds()))
                .toString();
    }

    private static String pad(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static int width(Figure figure) {
        return Math.max(7, name(figure).length());
    }

    private static String name(Figure figure) {
        return switch (figure) {
            case PSNR -> "PSNR dB";
            case SSIM -> "SSIM";
            case TRUSTWORTHINESS -> "trustworthy";
            case CONTINUITY -> "continuity";
            case PROBE_ACCURACY -> "probe";
            case KNN_ACCURACY -> "k-NN";
        };
    }
}

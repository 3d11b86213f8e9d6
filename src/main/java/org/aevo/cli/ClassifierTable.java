package org.aevo.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.aevo.record.ModelMetrics;
import org.aevo.record.ModelMetrics.Row;
import org.aevo.report.Numbers;
import org.aevo.search.Figure;
import org.aevo.stat.Summary;

/** A fully trained classifier beside others, for people: of several trainings means, and how far accuracies vary. */
final class ClassifierTable {
    private static final String HEAD = "model";

    private final ModelMetrics metrics;

    ClassifierTable(ModelMetrics metrics) {
        this.metrics = metrics;
    }

    void print(PrintStream out) {
        ModelMetrics.Data data = metrics.data();
        out.printf(
                Locale.ROOT,
                "Candidate %d trained fully, and what one would use without a search (%s), on %s that none"
                        + " of them has seen:%n",
                metrics.candidate().id(),
                metrics.task(),
                Numbers.count(data.test(), "test sample"));
        int width =
                metrics.rows().stream().mapToInt(row -> row.model().length()).reduce(HEAD.length(), Math::max);
        int accuracy = metrics.rows().stream()
                .mapToInt(row -> accuracy(row).length())
                .reduce(Figure.ACCURACY.head().length(), Math::max);
        String format = "%-" + width + "s %10s %6s  %-" + accuracy + "s  %13s  %8s  %9s%n";
        out.printf(
                format,
                HEAD,
                "parameters",
                "epochs",
                Figure.ACCURACY.head(),
                Figure.CROSS_ENTROPY.head(),
                Figure.MACRO_F1.head(),
                "training");
        for (Row row : metrics.rows()) {
            if (row.spread(Figure.ACCURACY).n() == 0) {
                out.printf("%-" + width + "s %s%n", row.model(), row.message());
                continue;
            }
            out.printf(
                    format,
                    row.model(),
                    row.parameters(),
                    row.epochs(),
                    accuracy(row),
                    Terminal.loss(row.spread(Figure.CROSS_ENTROPY).mean()),
                    share(row.spread(Figure.MACRO_F1).mean()),
                    String.format(Locale.ROOT, "%.1fs", row.meanSeconds()));
            if (!row.message().isEmpty()) {
                out.println(row.model() + ": " + row.message());
            }
        }
        int repeats = metrics.rows().stream()
                .mapToInt(row -> row.repeats().size())
                .max()
                .orElse(1);
        out.printf(
                Locale.ROOT,
                "Networks: %s on %s, nothing held out%s; %s on %s.%n",
                Numbers.count(metrics.training().maxEpochs(), "epoch"),
                Numbers.count(data.fitted(), "sample"),
                repeats > 1
                        ? "; " + repeats
                                + " trainings of each with other seeds: mean accuracy +- standard deviation (n - 1),"
                                + " smallest and largest; means of the other columns"
                        : "",
                metrics.training().engine(),
                metrics.training().device());
        metrics.notes().forEach(out::println);
    }

    private static String accuracy(Row row) {
        Summary accuracy = row.spread(Figure.ACCURACY);
        return accuracy.n() < 2
                ? share(accuracy.mean())
                : share(accuracy.mean()) + " +- " + share(accuracy.sd()) + " (" + share(accuracy.min()) + "-"
                        + share(accuracy.max()) + ")";
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}

package org.aevo.report.run;

import java.util.ArrayList;
import java.util.List;
import org.aevo.record.ModelMetrics;
import org.aevo.report.DataTable;
import org.aevo.report.Numbers;
import org.aevo.report.Section;
import org.aevo.search.Figure;

/** A candidate that was trained fully, beside what one would use without a search. */
final class ModelSection {
    private final ModelMetrics metrics;
    private final Names names;

    ModelSection(ModelMetrics metrics, Names names) {
        this.metrics = metrics;
        this.names = names;
    }

    /** @param best id of the best candidate of the run */
    Section section(long best) {
        List<Section.Block> blocks = new ArrayList<>();
        if (metrics.candidate().id() != best) {
            blocks.add(new Section.Warning("The model is of candidate "
                    + metrics.candidate().id() + "; since it was" + " trained the run has found a better one, " + best
                    + ": aevo train makes a model of that."));
        }
        ModelMetrics.Data data = metrics.data();
        ModelMetrics.Training training = metrics.training();
        blocks.add(new Section.Text("Candidate " + metrics.candidate().id() + ", trained on "
                + Numbers.count(data.fitted(), "sample")
                + (data.heldOut() == 0
                        ? " (" + Numbers.count(training.maxEpochs(), "epoch") + ", nothing held out"
                        : " and stopped by " + Numbers.count(data.heldOut(), "other") + " (at most "
                                + Numbers.count(training.maxEpochs(), "epoch") + ", " + training.patience()
                                + " without improvement")
                + "; " + training.engine() + " on " + training.device()
                + "), beside other models that were trained and fitted in the same way on the same"
                + " samples. Task: " + metrics.task() + "."));
        blocks.add(metrics.classifiers() ? ClassifierRows.table(metrics, names) : table());
        metrics.rows().stream()
                .filter(row -> !row.message().isEmpty())
                .forEach(row -> blocks.add(new Section.Text(row.model() + ": " + row.message() + ".")));
        metrics.notes().forEach(note -> blocks.add(new Section.Text(note)));
        return new Section(
                names.of("model"), "The best, trained fully, and what one would use without a search", blocks);
    }

    private DataTable table() {
        List<Figure> figures = metrics.measured();
        List<String> header = new ArrayList<>(List.of("model", "parameters", "epochs", "mse"));
        figures.forEach(figure -> header.add(figure.head()));
        header.add("training_s");
        List<List<Object>> rows = new ArrayList<>();
        for (ModelMetrics.Row row : metrics.rows()) {
            List<Object> cells = new ArrayList<>(
                    List.of(row.model(), row.parameters(), row.epochs() == 0 ? "–" : "" + row.epochs(), row.error()));
            figures.forEach(figure -> cells.add(row.figure(figure)));
            cells.add(row.seconds());
            rows.add(cells);
        }
        return new DataTable(
                names.of("model-table"),
                "Measured on " + Numbers.count(metrics.data().test(), "test sample")
                        + " that neither the models nor the search have seen. mse:"
                        + " mean squared error per value.",
                header,
                rows);
    }
}

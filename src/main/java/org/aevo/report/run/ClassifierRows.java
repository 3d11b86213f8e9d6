package org.aevo.report.run;

import java.util.ArrayList;
import java.util.List;
import org.aevo.record.ModelMetrics;
import org.aevo.report.DataTable;
import org.aevo.report.Numbers;
import org.aevo.search.Figure;
import org.aevo.stat.Summary;

/** Fully trained classifiers as a table: of several trainings means, and how far accuracies vary. */
final class ClassifierRows {
    private ClassifierRows() {}

    static DataTable table(ModelMetrics metrics, Names names) {
        List<List<Object>> rows = new ArrayList<>();
        for (ModelMetrics.Row row : metrics.rows()) {
            Summary accuracy = row.spread(Figure.ACCURACY);
            rows.add(List.of(
                    row.model(),
                    row.parameters(),
                    row.epochs(),
                    accuracy.n(),
                    accuracy.mean(),
                    accuracy.sd(),
                    accuracy.min(),
                    accuracy.max(),
                    row.spread(Figure.CROSS_ENTROPY).mean(),
                    row.spread(Figure.MACRO_F1).mean(),
                    row.meanSeconds()));
        }
        return new DataTable(
                names.of("model-table"),
                "Measured on " + Numbers.count(metrics.data().test(), "test sample")
                        + " that neither the models nor the search have seen. Of several trainings with other seeds the mean"
                        + " accuracy, its standard deviation (n - 1), the smallest and the largest; the other figures"
                        + " and the seconds of training are means.",
                List.of(
                        "model",
                        "parameters",
                        "epochs",
                        "trainings",
                        "accuracy",
                        "accuracy_sd",
                        "accuracy_min",
                        "accuracy_max",
                        "cross_entropy",
                        "macro_f1",
                        "training_s"),
                rows);
    }
}

package org.aevo.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.record.ModelMetrics.Confusion;
import org.aevo.record.ModelMetrics.Repeat;
import org.aevo.search.Figure;
import org.aevo.stat.Summary;

/** What {@code metrics.json} has of classifiers alone: how often they were trained, and what they took for what. */
final class ClassifierFields {
    static final String CONFUSION = "confusion";
    private static final String REPEATS = "repeats";

    private ClassifierFields() {}

    /** Adds the accuracies of all trainings to what a row has. */
    static void put(Map<String, Object> tree, ModelMetrics.Row row) {
        Summary accuracy = row.spread(Figure.ACCURACY);
        tree.put("accuracy_mean", accuracy.mean());
        tree.put("accuracy_sd", accuracy.sd());
        tree.put("accuracy_min", accuracy.min());
        tree.put("accuracy_max", accuracy.max());
        tree.put(
                "accuracies",
                row.repeats().stream()
                        .map(repeat -> repeat.figure(Figure.ACCURACY))
                        .toList());
        tree.put(REPEATS, row.repeats().stream().map(ClassifierFields::tree).toList());
    }

    private static Map<String, Object> tree(Repeat repeat) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("seed", repeat.seed());
        tree.put("epochs", repeat.epochs());
        tree.put("train_loss", repeat.trainLoss());
        repeat.figures().forEach((figure, value) -> tree.put(figure.column(), value));
        tree.put("training_s", repeat.seconds());
        tree.put("message", repeat.message());
        return tree;
    }

    static List<Repeat> repeats(Fields row) throws RecordException {
        List<Repeat> repeats = new ArrayList<>();
        if (row.has(REPEATS)) {
            for (Fields repeat : row.objects(REPEATS)) {
                repeats.add(new Repeat(
                        repeat.whole("seed"),
                        repeat.small("epochs"),
                        repeat.number("train_loss"),
                        MetricsFile.figures(repeat),
                        repeat.number("training_s"),
                        repeat.text("message")));
            }
        }
        return repeats;
    }

    static Map<String, Object> tree(Confusion confusion) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("labels", confusion.labels());
        tree.put("counts", confusion.counts());
        return tree;
    }

    static Optional<Confusion> confusion(Fields all) throws RecordException {
        if (!all.has(CONFUSION)) {
            return Optional.empty();
        }
        Fields fields = all.object(CONFUSION);
        try {
            return Optional.of(new Confusion(fields.smalls("labels"), fields.table("counts")));
        } catch (IllegalArgumentException e) {
            throw fields.error(e.getMessage());
        }
    }
}

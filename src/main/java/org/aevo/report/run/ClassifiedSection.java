package org.aevo.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aevo.network.Classes;
import org.aevo.network.Shape;
import org.aevo.record.Inputs;
import org.aevo.record.ModelFile.ClassifiedExamples;
import org.aevo.record.ModelMetrics;
import org.aevo.record.ModelMetrics.Confusion;
import org.aevo.report.DataTable;
import org.aevo.report.Numbers;
import org.aevo.report.Section;

/** Which classes a fully trained classifier takes for which, and test samples that it is wrong about. */
final class ClassifiedSection {
    private static final String TITLE = "What the best takes test samples for";
    /** Of more samples a row or two of pictures says no more. */
    private static final int MOST_PICTURES = 20;

    private final ModelMetrics metrics;
    private final Optional<ClassifiedExamples> examples;
    private final Names names;

    ClassifiedSection(ModelMetrics metrics, Optional<ClassifiedExamples> examples, Names names) {
        this.metrics = metrics;
        this.examples = examples;
        this.names = names;
    }

    /** Where there is no model of the best: what makes one. */
    static Section missing(Names names, String directory) {
        return new Section(
                names.of("classified"),
                TITLE,
                List.of(new Section.Text("Which classes are taken for which, and samples that are told wrongly, are"
                        + " shown once the best is trained fully: aevo train " + directory + " does that, and measures"
                        + " it on the test samples.")));
    }

    Section section() {
        List<Section.Block> blocks = new ArrayList<>();
        blocks.add(new Section.Text("Candidate " + metrics.candidate().id() + ", trained fully, on "
                + Numbers.count(metrics.data().test(), "test sample") + " that neither training nor search has seen."));
        metrics.confusion().ifPresent(confusion -> {
            if (ConfusionPicture.shows(confusion)) {
                blocks.add(ConfusionPicture.of(names, confusion));
            }
            blocks.add(table(confusion));
        });
        Optional<Inputs> inputs =
                metrics.data().inputs().filter(known -> known.classes().isPresent());
        if (examples.isPresent() && inputs.isPresent()) {
            if (examples.get().areOf(inputs.get())) {
                wrong(blocks, examples.get(), inputs.get());
            } else {
                blocks.add(new Section.Warning(
                        "Samples are not shown: model.h5 has some of other shapes or classes than metrics.json says. Train"
                                + " again."));
            }
        }
        return new Section(names.of("classified"), TITLE, blocks);
    }

    private DataTable table(Confusion confusion) {
        List<String> header = new ArrayList<>(List.of("label"));
        confusion.labels().forEach(label -> header.add("as_" + label));
        header.add("recall");
        header.add("precision");
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < confusion.labels().size(); i++) {
            List<Object> row = new ArrayList<>(List.of(confusion.labels().get(i)));
            List<Long> counts = confusion.counts().get(i);
            row.addAll(counts);
            int column = i;
            long taken = confusion.counts().stream()
                    .mapToLong(each -> each.get(column))
                    .sum();
            row.add(share(
                    counts.get(i), counts.stream().mapToLong(count -> count).sum()));
            row.add(share(counts.get(i), taken));
            rows.add(row);
        }
        return new DataTable(
                names.of("confusion"),
                "A row for each label: how many of its test samples were taken for each label. Recall: the share of them that"
                        + " were told rightly; precision: the share of those taken for this label that have it.",
                header,
                rows);
    }

    private static double share(long part, long of) {
        return of == 0 ? Double.NaN : (double) part / of;
    }

    private void wrong(List<Section.Block> blocks, ClassifiedExamples shown, Inputs inputs) {
        int[] wrong = IntStream.range(0, shown.count())
                .filter(i -> shown.labels()[i] != shown.predicted()[i])
                .toArray();
        if (wrong.length == 0) {
            blocks.add(new Section.Text("No test sample is told wrongly."));
            return;
        }
        Shape shape = inputs.shape();
        if (shape.isImage() && !shape.isSignal()) {
            int[] some = IntStream.of(wrong).limit(MOST_PICTURES).toArray();
            blocks.add(MisclassifiedPictures.of(names, shown, shape, some));
        }
        blocks.add(wrong(shown, wrong, inputs.classes().orElseThrow()));
    }

    private DataTable wrong(ClassifiedExamples shown, int[] wrong, Classes classes) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i : wrong) {
            rows.add(List.of(
                    shown.labels()[i],
                    shown.predicted()[i],
                    probability(shown, i, shown.predicted()[i], classes),
                    probability(shown, i, shown.labels()[i], classes)));
        }
        return new DataTable(
                names.of("misclassified"),
                "Test samples that are told wrongly, " + wrong.length
                        + " of those that model.h5 has: their label, what they"
                        + " were taken for, and the probabilities of both.",
                List.of("label", "taken_for", "its_probability", "probability_of_label"),
                rows);
    }

    private static double probability(ClassifiedExamples shown, int sample, int label, Classes classes) {
        return shown.probabilities()[sample * classes.count() + classes.indexOf(label)];
    }
}

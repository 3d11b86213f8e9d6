package org.aevo.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aevo.ensemble.EnsembleResults;
import org.aevo.ensemble.EnsembleResults.DiversityPoint;
import org.aevo.ensemble.EnsembleResults.Point;
import org.aevo.ensemble.Rival;
import org.aevo.record.RunEnsemble;
import org.aevo.report.Numbers;
import org.aevo.stat.Summary;

/** What came of an ensemble run, for people: accuracies of all rivals and how far members differ, over the repeats. */
final class EnsembleTable {
    private static final int ACCURACY_DIGITS = 4;
    private static final int SECONDS_DIGITS = 1;

    private final RunEnsemble ensemble;

    EnsembleTable(RunEnsemble ensemble) {
        this.ensemble = ensemble;
    }

    void print(PrintStream out) {
        EnsembleResults results = ensemble.results();
        out.println();
        if (results.accuracies().isEmpty()) {
            out.println("Nothing is classified yet: "
                    + Numbers.count(ensemble.tasks().size(), "task") + " asked for.");
            return;
        }
        out.println("Accuracy, and seconds of effective wall time (the slowest member, encoding, classifiers):"
                + " mean ± standard deviation over the repeats");
        out.printf("%-24s %6s %8s %17s %17s %17s%n", "", "epochs", "repeats", "validation", "test", "seconds");
        for (Rival rival : Rival.values()) {
            for (Point point : results.points(rival)) {
                out.printf(
                        Locale.ROOT,
                        "%-24s %6s %8d %17s %17s %17s%n",
                        rival.title(),
                        point.epoch() == EnsembleResults.NO_EPOCH ? "–" : point.epoch(),
                        point.validation().n(),
                        text(point.validation(), ACCURACY_DIGITS),
                        text(point.test(), ACCURACY_DIGITS),
                        text(point.seconds(), SECONDS_DIGITS));
            }
        }
        if (!results.diversities().isEmpty()) {
            diversity(out, results);
        }
    }

    private static void diversity(PrintStream out, EnsembleResults results) {
        boolean tested = results.tested();
        out.println();
        out.println("How far two members differ on " + (tested ? "test" : "validation")
                + " samples, mean over their pairs:");
        out.printf("%6s %8s %19s %22s%n", "epochs", "repeats", "disagreement", "correlation of errors");
        for (DiversityPoint point : results.diversityPoints()) {
            Summary disagreement = tested ? point.testDisagreement() : point.disagreement();
            out.printf(
                    Locale.ROOT,
                    "%6d %8d %19s %22s%n",
                    point.epoch(),
                    disagreement.n(),
                    text(disagreement, ACCURACY_DIGITS),
                    text(tested ? point.testErrorCorrelation() : point.errorCorrelation(), ACCURACY_DIGITS));
        }
    }

    /** The same of each repeat, for JSON: columns as in {@code /ensemble_accuracy} and {@code /ensemble_diversity} of run.h5. */
    static Map<String, Object> tree(EnsembleResults results) {
        List<Object> accuracies = new ArrayList<>();
        for (EnsembleResults.Accuracy a : results.accuracies()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("rival", a.rival().toString());
            row.put("repeat", a.repeat());
            row.put("epoch", a.epoch());
            row.put("validation_accuracy", a.validation());
            row.put("test_accuracy", a.test());
            row.put("training_s", a.training());
            row.put("combination_s", a.combination());
            row.put("effective_s", a.seconds());
            accuracies.add(row);
        }
        List<Object> diversities = new ArrayList<>();
        for (EnsembleResults.MemberDiversity d : results.diversities()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("repeat", d.repeat());
            row.put("epoch", d.epoch());
            row.put("disagreement", d.disagreement());
            row.put("error_correlation", d.errorCorrelation());
            row.put("test_disagreement", d.testDisagreement());
            row.put("test_error_correlation", d.testErrorCorrelation());
            diversities.add(row);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("accuracy", accuracies);
        tree.put("diversity", diversities);
        return tree;
    }

    /** {@code 0.8123 ± 0.0041}; without a deviation where there is one repeat, a dash for none. */
    private static String text(Summary summary, int digits) {
        if (summary.n() == 0) {
            return "–";
        }
        String mean = String.format(Locale.ROOT, "%." + digits + "f", summary.mean());
        return Double.isNaN(summary.sd())
                ? mean
                : mean + " ± " + String.format(Locale.ROOT, "%." + digits + "f", summary.sd());
    }
}

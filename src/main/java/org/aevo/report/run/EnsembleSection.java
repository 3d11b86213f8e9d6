package org.aevo.report.run;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.aevo.ensemble.EnsembleResults;
import org.aevo.ensemble.EnsembleResults.Accuracy;
import org.aevo.ensemble.EnsembleResults.DiversityPoint;
import org.aevo.ensemble.EnsembleResults.MemberDiversity;
import org.aevo.ensemble.EnsembleResults.Point;
import org.aevo.ensemble.Rival;
import org.aevo.record.RunEnsemble;
import org.aevo.report.DataTable;
import org.aevo.report.Figure;
import org.aevo.report.Palette;
import org.aevo.report.Section;
import org.aevo.report.XyChart;
import org.aevo.stat.Summary;

/** What an ensemble run found: how well the ensemble and its rivals tell classes, against epochs and against time. */
final class EnsembleSection {
    private static final String COMPARED =
            "An ensemble of autoencoders that are stopped after few epochs is held against one that is trained for long."
                    + " Joint code: the codes of all members, one behind the other, feed one classifier. Votes: each"
                    + " member's code feeds a classifier of its own, and the class counts that most of them tell, the"
                    + " first of equals, or that has the largest mean probability. Best member: the one that is best"
                    + " on validation samples, which is known when all are trained. Monolith: the autoencoder that is trained for long,"
                    + " after as many epochs as its points say. Principal components: as many as the joint code has"
                    + " values. All classifiers are alike.";
    private static final String SECONDS =
            "Effective wall time: members are trained side by side, so that the slowest of them up to the epoch counts,"
                    + " then encoding and the classifiers; of a vote the slowest member with its classifier.";

    private final RunEnsemble ensemble;
    private final EnsembleResults results;
    private final Names names;
    private final boolean tested;

    EnsembleSection(RunEnsemble ensemble, Names names) {
        this.ensemble = ensemble;
        this.results = ensemble.results();
        this.names = names;
        this.tested = results.tested();
    }

    /** @param title of the section */
    Section section(String title) {
        List<Section.Block> blocks = new ArrayList<>();
        blocks.add(new Section.Text(COMPARED + " " + SECONDS));
        if (results.accuracies().isEmpty()) {
            blocks.add(new Section.Text("Nothing is classified yet: "
                    + ensemble.tasks().stream()
                            .filter(task -> task.status() != RunEnsemble.OUT)
                            .count()
                    + " of the " + ensemble.tasks().size() + " tasks that were asked for have come to an end."));
        } else {
            blocks.add(chart("epochs", "epochs of the autoencoders", "Accuracy against epochs", Point::epoch, true));
            blocks.add(chart(
                    "seconds",
                    "effective wall time (s)",
                    "Accuracy against effective wall time",
                    point -> point.seconds().mean(),
                    false));
            blocks.add(summary());
            blocks.add(accuracies());
        }
        if (!results.diversities().isEmpty()) {
            blocks.add(diversity());
            blocks.add(diversities());
        }
        return new Section(names.of("ensemble"), title, blocks);
    }

    private String samples() {
        return tested ? "test" : "validation";
    }

    private Summary accuracy(Point point) {
        return tested ? point.test() : point.validation();
    }

    /** @param isLevel whether components, which have no epochs, are a level across the figure */
    private Figure chart(String topic, String label, String title, ToDoubleFunction<Point> across, boolean isLevel) {
        XyChart chart = XyChart.of(label, "accuracy on " + samples() + " samples")
                .log(10, 0)
                .title(names.title(title));
        double[] ends = results.accuracies().stream()
                .mapToDouble(Accuracy::epoch)
                .filter(epoch -> epoch > 0)
                .toArray();
        for (Rival rival : Rival.values()) {
            List<Point> points = results.points(rival);
            Color colour = Palette.series(rival.ordinal());
            boolean level = isLevel && rival == Rival.PRINCIPAL_COMPONENTS;
            if (level && !points.isEmpty() && ends.length > 0) {
                double at = accuracy(points.get(0)).mean();
                chart.reference(rival.title(), new double[] {least(ends), most(ends)}, new double[] {at, at});
            } else if (!level) {
                chart.spread(
                        rival.title(),
                        of(points, across),
                        of(points, point -> accuracy(point).mean()),
                        of(points, point -> accuracy(point).mean() - deviation(accuracy(point))),
                        of(points, point -> accuracy(point).mean() + deviation(accuracy(point))),
                        colour,
                        rival.ordinal());
            }
        }
        return chart.figure(
                names.of("ensemble-" + topic),
                "Mean over " + repeats() + "; bars are a standard deviation to either side."
                        + (isLevel ? " Points of the monolith are of as many epochs as stand below them." : "")
                        + " The numbers, of each repeat too, are below.");
    }

    private String repeats() {
        long repeats =
                results.accuracies().stream().map(Accuracy::repeat).distinct().count();
        return repeats == 1 ? "the one repeat that there is" : repeats + " repeats with other seeds";
    }

    private static double deviation(Summary summary) {
        return Double.isNaN(summary.sd()) ? 0 : summary.sd();
    }

    private static double least(double[] values) {
        return java.util.Arrays.stream(values).min().orElse(Double.NaN);
    }

    private static double most(double[] values) {
        return java.util.Arrays.stream(values).max().orElse(Double.NaN);
    }

    private static double[] of(List<Point> points, ToDoubleFunction<Point> value) {
        return points.stream().mapToDouble(value).toArray();
    }

    private DataTable summary() {
        List<List<Object>> rows = new ArrayList<>();
        for (Rival rival : Rival.values()) {
            for (Point point : results.points(rival)) {
                rows.add(List.of(
                        rival.title(),
                        point.epoch(),
                        point.validation().n(),
                        point.validation().mean(),
                        point.validation().sd(),
                        point.test().mean(),
                        point.test().sd(),
                        point.seconds().mean(),
                        point.seconds().sd()));
            }
        }
        return new DataTable(
                names.of("ensemble"),
                "Accuracy and effective wall time, over the repeats; epochs are -1 where there are none.",
                List.of(
                        "rival",
                        "epochs",
                        "repeats",
                        "validation_accuracy",
                        "validation_sd",
                        "test_accuracy",
                        "test_sd",
                        "effective_s",
                        "effective_sd_s"),
                rows);
    }

    private DataTable accuracies() {
        return table(
                "ensemble-repeats",
                "The same of each repeat: training_s until the slowest autoencoder had done the epoch, combination_s from"
                        + " then on.",
                List.of(
                        "rival",
                        "repeat",
                        "epochs",
                        "validation_accuracy",
                        "test_accuracy",
                        "training_s",
                        "combination_s",
                        "effective_s"),
                results.accuracies(),
                a -> List.of(
                        a.rival().title(),
                        a.repeat(),
                        a.epoch(),
                        a.validation(),
                        a.test(),
                        a.training(),
                        a.combination(),
                        a.seconds()));
    }

    private DataTable diversity() {
        return table(
                "ensemble-diversity",
                "How far two members differ, mean over their pairs, over the repeats: the share of samples of which they tell"
                        + " different classes, and the correlation (phi) of whether they are wrong. Members that are wrong"
                        + " about other samples, a low correlation, are what a vote gains by.",
                List.of(
                        "epochs",
                        "repeats",
                        "disagreement",
                        "disagreement_sd",
                        "error_correlation",
                        "error_correlation_sd",
                        "test_disagreement",
                        "test_disagreement_sd",
                        "test_error_correlation",
                        "test_error_correlation_sd"),
                results.diversityPoints(),
                EnsembleSection::row);
    }

    private static List<Object> row(DiversityPoint point) {
        return List.of(
                point.epoch(),
                point.disagreement().n(),
                point.disagreement().mean(),
                point.disagreement().sd(),
                point.errorCorrelation().mean(),
                point.errorCorrelation().sd(),
                point.testDisagreement().mean(),
                point.testDisagreement().sd(),
                point.testErrorCorrelation().mean(),
                point.testErrorCorrelation().sd());
    }

    private DataTable diversities() {
        return table(
                "ensemble-diversity-repeats",
                "The same of each repeat.",
                List.of(
                        "repeat",
                        "epochs",
                        "disagreement",
                        "error_correlation",
                        "test_disagreement",
                        "test_error_correlation"),
                results.diversities(),
                (MemberDiversity d) -> List.of(
                        d.repeat(),
                        d.epoch(),
                        d.disagreement(),
                        d.errorCorrelation(),
                        d.testDisagreement(),
                        d.testErrorCorrelation()));
    }

    private <T> DataTable table(
            String name, String caption, List<String> header, List<T> of, Function<T, List<Object>> row) {
        return new DataTable(
                names.of(name), caption, header, of.stream().map(row).toList());
    }
}

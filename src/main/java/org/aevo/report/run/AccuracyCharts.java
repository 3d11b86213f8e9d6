package org.aevo.report.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aevo.record.RunData;
import org.aevo.record.RunTable;
import org.aevo.report.Figure;
import org.aevo.report.Numbers;
import org.aevo.report.Palette;
import org.aevo.report.XyChart;
import org.aevo.stat.Statistics;

/** How good classifiers are: the best ones epoch by epoch, and what the search found by and by. */
final class AccuracyCharts {
    private static final String ACCURACY = org.aevo.search.Figure.ACCURACY.column();
    private static final String CROSS_ENTROPY = org.aevo.search.Figure.CROSS_ENTROPY.column();
    /** Epochs of a curve that are drawn. */
    private static final int POINTS = 500;
    /** A cross-entropy that spans more than this is shown on a logarithmic scale. */
    private static final double WIDE = 5;
    /** The share of the accuracies that may lie below a figure. */
    private static final double LOWEST = 0.05;

    private final RunData run;
    private final Evaluated evaluated;
    private final Names names;

    AccuracyCharts(RunData run, Evaluated evaluated, Names names) {
        this.run = run;
        this.evaluated = evaluated;
        this.names = names;
    }

    /** Whether the accuracy of any evaluation was measured. */
    boolean isMeasured() {
        return evaluated.table.has(ACCURACY)
                && Arrays.stream(evaluated.table.doubles(ACCURACY)).anyMatch(Double::isFinite);
    }

    /** Whether that of any epoch of a candidate was. */
    boolean hasCurves(int[] top) {
        return run.curves().has(ACCURACY)
                && IntStream.of(top)
                        .anyMatch(row -> !curve(evaluated.id[row], ACCURACY).isEmpty());
    }

    /** Accuracy and cross-entropy against the epoch, of candidates by their rows. */
    List<Figure> curves(int[] top) {
        boolean folded = Arrays.stream(run.curves().longs("fold")).anyMatch(fold -> fold > 1);
        String folds = folded
                ? " The mean of the folds that got as far, with the lowest and the highest of them as bars."
                : "";
        String of = " on the validation samples after each epoch of the " + top.length
                + " best, by the number of the candidate.";
        return List.of(
                curves(top, ACCURACY, "accuracy")
                        .title(names.title("How the best learned: accuracy"))
                        .figure(names.of("accuracy-curves"), "Accuracy" + of + folds),
                curves(top, CROSS_ENTROPY, "cross-entropy")
                        .title(names.title("How the best learned: cross-entropy"))
                        .figure(
                                names.of("cross-entropy-curves"),
                                "Cross-entropy" + of + " Training ends early by it; lower is better." + folds));
    }

    private XyChart curves(int[] top, String column, String label) {
        XyChart chart = XyChart.of("epoch", label).wholeX();
        DoubleSummaryStatistics all = new DoubleSummaryStatistics();
        for (int i = 0; i < top.length; i++) {
            Map<Long, DoubleSummaryStatistics> curve = curve(evaluated.id[top[i]], column);
            long[] epochs = curve.keySet().stream().mapToLong(epoch -> epoch).toArray();
            int[] kept = Thin.rows(epochs.length, POINTS);
            curve.values().forEach(all::combine);
            chart.spread(
                    "" + evaluated.id[top[i]],
                    Thin.of(kept, at -> epochs[at]),
                    Thin.of(kept, at -> curve.get(epochs[at]).getAverage()),
                    Thin.of(kept, at -> curve.get(epochs[at]).getMin()),
                    Thin.of(kept, at -> curve.get(epochs[at]).getMax()),
                    Palette.series(i),
                    i);
        }
        boolean wide = column.equals(CROSS_ENTROPY) && all.getMin() > 0 && all.getMax() / all.getMin() > WIDE;
        return chart.log(0, wide ? 10 : 0);
    }

    /** Of a candidate, by epoch: one value for each fold that got as far. */
    Map<Long, DoubleSummaryStatistics> curve(long id, String column) {
        RunTable curves = run.curves();
        long[] epoch = curves.longs("epoch");
        double[] values = curves.doubles(column);
        Map<Long, DoubleSummaryStatistics> byEpoch = new TreeMap<>();
        for (int row : curves.rowsWhere("evaluation", id)) {
            if (Double.isFinite(values[row])) {
                byEpoch.computeIfAbsent(epoch[row], e -> new DoubleSummaryStatistics())
                        .accept(values[row]);
            }
        }
        return byEpoch;
    }

    /** The highest accuracy so far, against evaluations and against time. */
    List<Figure> soFar() {
        int[] order = evaluated.byArrival();
        double[] count = new double[order.length];
        Arrays.setAll(count, i -> i + 1);
        double[] seconds =
                IntStream.of(order).mapToDouble(row -> evaluated.arrived[row]).toArray();
        TimeScale scale = TimeScale.of(seconds[seconds.length - 1]);
        return List.of(
                soFar("accuracy-evaluations", "evaluations arrived", "evaluations", count, order),
                soFar(
                        "accuracy-time",
                        scale.label("time since the start of the run"),
                        "time",
                        scale.scale(seconds),
                        order));
    }

    private Figure soFar(String name, String label, String against, double[] x, int[] order) {
        double[] accuracy = evaluated.table.doubles(ACCURACY);
        double[] each = IntStream.of(order).mapToDouble(row -> accuracy[row]).toArray();
        List<Integer> steps = new ArrayList<>();
        double[] highest = new double[each.length];
        double best = Double.NaN;
        for (int i = 0; i < each.length; i++) {
            boolean higher = Double.isFinite(each[i]) && !(each[i] <= best);
            best = higher ? each[i] : best;
            highest[i] = best;
            if (Double.isFinite(best) && (higher || i == each.length - 1)) {
                steps.add(i);
            }
        }
        int[] kept = steps.stream().mapToInt(i -> i).toArray();
        int[] dots = Thin.rows(each.length, Thin.POINTS);
        double[] finite = Arrays.stream(each).filter(Double::isFinite).sorted().toArray();
        double low = Statistics.quantile(finite, LOWEST);
        double high = finite[finite.length - 1];
        XyChart chart = XyChart.of(label, "accuracy")
                .title(names.title("Accuracy against " + against))
                .dots("each evaluation", Thin.of(dots, i -> x[i]), Thin.of(dots, i -> each[i]), Palette.LIGHT)
                .steps("highest so far", Thin.of(kept, i -> x[i]), Thin.of(kept, i -> highest[i]), Palette.BLUE, 0);
        if (high > low) {
            chart.yRange(low - (high - low) * 0.05, Math.min(1, high + (high - low) * 0.05));
        }
        return chart.figure(
                names.of(name),
                "Accuracy on the validation samples, in the order in which evaluations arrived; at the end the highest was "
                        + Numbers.text(best)
                        + ". The lowest twentieth may lie below the figure. Selection goes by the fitness.");
    }
}

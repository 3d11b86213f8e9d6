package org.aevo.report.scaling;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.aevo.report.Figure;
import org.aevo.report.Palette;
import org.aevo.report.XyChart;
import org.aevo.stat.Spread;

/** Figures over numbers of workers, one line for each mode, and what figures of one experiment are called. */
final class Charts {
    private static final double MARGIN = 1.15;
    /** Of the width of a figure. */
    private static final double ASIDE = 0.005;

    private final List<Experiment> experiments;

    /**
     * @param experiments all of the report
     */
    Charts(List<Experiment> experiments) {
        this.experiments = experiments;
    }

    /** One point of a line: a number of workers and the spread of the repeats. */
    record Point(int workers, Spread spread) {}

    /** The name of a figure, with the experiment's where there are several. */
    String name(String topic, Experiment experiment) {
        return experiments.size() == 1 ? topic : topic + "-" + experiment.id();
    }

    /** The title of a figure. */
    String title(String text, Experiment experiment) {
        return (experiment.simulated() ? "SIMULATED – " : "")
                + text
                + (experiments.size() == 1 ? "" : " (" + experiment.title() + ")");
    }

    /** Strokes and marks: one mode is told from the other without colours. */
    static int style(String mode) {
        return mode.equals("sync") ? 1 : 0;
    }

    /** A chart over the workers of an experiment, whose vertical axis is logarithmic to a base, or linear for 0. */
    XyChart overWorkers(Experiment experiment, String title, String label, int base) {
        List<Integer> counts = experiment.workerCounts();
        return XyChart.of("workers", label)
                .title(title(title, experiment))
                .log(2, base)
                .xRange(counts.get(0) / MARGIN, counts.get(counts.size() - 1) * MARGIN);
    }

    /** Adds a grey line over all numbers of workers. */
    static void ideal(XyChart chart, String name, Experiment experiment, DoubleUnaryOperator ideal) {
        double[] x = experiment.workerCounts().stream()
                .mapToDouble(Integer::doubleValue)
                .toArray();
        chart.reference(name, x, Arrays.stream(x).map(ideal).toArray());
    }

    /** Adds the line of a mode with bars for the spread, a little aside so that the bars of two modes can be told apart. */
    void line(XyChart chart, Experiment experiment, String mode, List<Point> points) {
        List<Integer> counts = experiment.workerCounts();
        double range = (double) counts.get(counts.size() - 1) / counts.get(0);
        double aside = Math.pow(range, experiment.modes().size() < 2 ? 0 : mode.equals("sync") ? -ASIDE : ASIDE);
        line(chart, mode, points, aside, Palette.mode(mode), style(mode));
    }

    /** Adds a line with bars for the spread. */
    static void line(XyChart chart, String name, List<Point> points, double aside, Color colour, int style) {
        chart.spread(
                name,
                numbers(points, p -> p.workers() * aside),
                numbers(points, p -> p.spread().median()),
                numbers(points, p -> p.spread().min()),
                numbers(points, p -> p.spread().max()),
                colour,
                style);
    }

    /** A line for each mode of a number that each run has. */
    Figure perRun(
            String topic,
            Experiment experiment,
            String title,
            String label,
            ToDoubleFunction<Measured> number,
            String caption) {
        XyChart chart = overWorkers(experiment, title, label, 0);
        for (String mode : experiment.modes()) {
            line(chart, experiment, mode, points(experiment, mode, runs -> Spread.of(runs, number)));
        }
        return chart.figure(name(topic, experiment), caption);
    }

    static List<Point> points(Experiment experiment, String mode, Function<List<Measured>, Spread> spread) {
        return experiment.workerCounts(mode).stream()
                .map(workers -> new Point(workers, spread.apply(experiment.timed(mode, workers))))
                .toList();
    }

    private static double[] numbers(List<Point> points, ToDoubleFunction<Point> number) {
        return points.stream().mapToDouble(number).toArray();
    }
}

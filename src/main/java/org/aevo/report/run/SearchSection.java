package org.aevo.report.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aevo.record.RunData;
import org.aevo.record.RunTable;
import org.aevo.report.DataTable;
import org.aevo.report.Figure;
import org.aevo.report.Palette;
import org.aevo.report.Section;
import org.aevo.report.XyChart;

/** How the search went: fitness, diversity, and which operators paid. */
final class SearchSection {
    private final RunData run;
    private final Evaluated evaluated;
    private final Names names;

    SearchSection(RunData run, Evaluated evaluated, Names names) {
        this.run = run;
        this.evaluated = evaluated;
        this.names = names;
    }

    Section section() {
        List<Section.Block> blocks = new ArrayList<>();
        if (run.progress().rows() == 0) {
            blocks.add(new Section.Text("The search has taken in no evaluation yet."));
            return new Section(names.of("search"), "How the search went", blocks);
        }
        double[] count = Arrays.stream(run.progress().longs("evaluations"))
                .asDoubleStream()
                .toArray();
        double[] elapsed = run.progress().doubles("elapsed_s");
        TimeScale scale = TimeScale.of(elapsed[elapsed.length - 1]);
        double[] place = places();
        blocks.add(fitness("fitness-evaluations", "evaluations taken in", count, place));
        blocks.add(fitness(
                "fitness-time",
                scale.label("time since the start of the run"),
                scale.scale(elapsed),
                scale.scale(evaluated.arrived)));
        blocks.add(new ProgressFigure(run, evaluated, names).figure(scale));
        AccuracyCharts accuracy = new AccuracyCharts(run, evaluated, names);
        if (accuracy.isMeasured()) {
            blocks.addAll(accuracy.soFar());
        }
        blocks.add(diversity(count));
        List<Payoff> payoffs = Payoff.of(evaluated);
        if (payoffs.stream().anyMatch(payoff -> payoff.compared() > 0)) {
            blocks.add(OperatorBars.of(names, payoffs));
        }
        blocks.add(operators(payoffs));
        return new Section(names.of("search"), "How the search went", blocks);
    }

    /** When the search took each evaluation in, as a number from 1; NaN if it has not yet. */
    private double[] places() {
        return Arrays.stream(evaluated.table.longs("insertion"))
                .mapToDouble(insertion -> insertion < 0 ? Double.NaN : insertion + 1)
                .toArray();
    }

    private Figure fitness(String name, String label, double[] x, double[] where) {
        RunTable progress = run.progress();
        double[] best = progress.doubles("best_fitness");
        double[] mean = progress.doubles("mean_fitness");
        int[] rows = Thin.rows(x.length, Thin.POINTS);
        int[] dots = Thin.rows(evaluated.rows, Thin.POINTS);
        XyChart chart = XyChart.of(label, FitnessName.of(run).label())
                .title(names.title("Fitness against " + (name.endsWith("time") ? "time" : "evaluations")))
                .dots(
                        "each evaluation",
                        Thin.of(dots, i -> where[i]),
                        Thin.of(dots, i -> evaluated.fitness[i]),
                        Palette.LIGHT)
                .line(
                        "mean of the population",
                        Thin.of(rows, i -> x[i]),
                        Thin.of(rows, i -> mean[i]),
                        Palette.ORANGE,
                        1)
                .steps("best so far", changes(x, best, true), changes(x, best, false), Palette.BLUE, 0);
        FitnessRange.of(evaluated, mean).putOn(chart);
        return chart.figure(
                names.of(name),
                "Lower is better. The highest twentieth of the fitnesses may lie above the figure"
                        + (evaluated.rows > Thin.POINTS
                                ? "; " + Thin.POINTS + " of " + evaluated.rows + " evaluations are shown."
                                : "."));
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).max().orElse(Double.NEGATIVE_INFINITY);
    }

    /** The points where a line of steps has a new value, its first and its last. */
    private static double[] changes(double[] x, double[] values, boolean ofX) {
        List<Double> kept = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            if (i == 0 || i == x.length - 1 || values[i] != values[i - 1]) {
                kept.add(ofX ? x[i] : values[i]);
            }
        }
        return kept.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private Figure diversity(double[] count) {
        double[] diversity = run.progress().doubles("population_diversity");
        int[] rows = Thin.rows(count.length, Thin.POINTS);
        return XyChart.of("evaluations taken in", "diversity")
                .wholeX()
                .title(names.title("Diversity of the population"))
                .line("", Thin.of(rows, i -> count[i]), Thin.of(rows, i -> diversity[i]), Palette.BLUE, 0)
                .yRange(0, Math.max(0.1, Math.min(1, largest(diversity) * 1.05)))
                .figure(
                        names.of("diversity"),
                        "The probability that two genes drawn from the population differ: 0 when all are equal.",
                        260);
    }

    private DataTable operators(List<Payoff> payoffs) {
        List<List<Object>> rows = new ArrayList<>();
        for (Payoff payoff : payoffs) {
            rows.add(List.of(
                    payoff.operator(),
                    payoff.made(),
                    payoff.compared(),
                    payoff.improved(),
                    payoff.share(),
                    payoff.medianChange(),
                    payoff.bests()));
        }
        return new DataTable(
                names.of("operators"),
                "What each operator brought. A child made by several counts for each. Compared: it and a parent have a"
                        + " fitness; improved: it is better than the better of its parents; median change: of its"
                        + " fitness, as a share of that parent's; bests: it was the best so far when it arrived.",
                List.of("operator", "made", "compared", "improved", "improved_share", "median_change", "bests"),
                rows);
    }
}

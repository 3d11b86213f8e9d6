package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.aevo.report.DataTable;
import org.aevo.report.Figure;
import org.aevo.report.Palette;
import org.aevo.report.XyChart;
import org.aevo.stat.Spread;

/** The best fitness against time and against evaluations, sync beside async. */
final class FitnessCharts {
    private static final int STEPS = 200;
    private static final int ROWS = 50;
    private static final int MOST = 3;

    private final Charts charts;
    private final Experiment experiment;

    FitnessCharts(Charts charts, Experiment experiment) {
        this.charts = charts;
        this.experiment = experiment;
    }

    /** The fitness over an axis: the median and the range of some runs at each of some values. */
    record Band(double[] x, List<Spread> y) {
        static Band of(List<Measured> runs, double end, int steps, ToDoubleBiFunction<FitnessCurve, Double> fitness) {
            double[] x = new double[steps + 1];
            Arrays.setAll(x, i -> end * i / steps);
            List<Spread> y = new ArrayList<>();
            for (double at : x) {
                double[] values = runs.stream()
                        .mapToDouble(run -> fitness.applyAsDouble(run.fitness(), at))
                        .toArray();
                // not before all have one: a median of some would jump when another joins
                boolean all = Arrays.stream(values).noneMatch(Double::isNaN);
                y.add(all ? Spread.of(values) : Spread.of());
            }
            return new Band(x, y);
        }

        /** Without those in the middle of a step: a dash is drawn from one point to the next. */
        Band steps() {
            int[] kept = IntStream.range(0, x.length)
                    .filter(i -> i == 0
                            || i == x.length - 1
                            || Double.compare(y.get(i).median(), y.get(i - 1).median()) != 0)
                    .toArray();
            return new Band(
                    Arrays.stream(kept).mapToDouble(i -> x[i]).toArray(),
                    Arrays.stream(kept).mapToObj(y::get).toList());
        }

        double[] median() {
            return y.stream().mapToDouble(Spread::median).toArray();
        }

        double[] min() {
            return y.stream().mapToDouble(Spread::min).toArray();
        }

        double[] max() {
            return y.stream().mapToDouble(Spread::max).toArray();
        }
    }

    /** Against time for some numbers of workers, against evaluations for the largest. */
    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        List<Integer> counts = experiment.workerCounts();
        String spread = Words.repeats(experiment);
        for (int workers : some(counts)) {
            figures.add(chart(
                    "fitness-time-" + workers + "w",
                    "Best fitness against time, %s".formatted(Words.count(workers, "worker")),
                    "seconds since the first dispatch",
                    workers,
                    end(workers),
                    FitnessCurve::at,
                    "The lowest fitness that had arrived by each moment; lower is better. " + spread
                            + " A run that is over keeps its best until the longest ends."));
        }
        int most = counts.get(counts.size() - 1);
        figures.add(chart(
                "fitness-evaluations-" + most + "w",
                "Best fitness against evaluations, %s".formatted(Words.count(most, "worker")),
                "evaluations",
                most,
                experiment.runs().stream()
                        .filter(run -> run.timed() && run.workers() == most)
                        .mapToDouble(run -> run.fitness().evaluations())
                        .max()
                        .orElse(1),
                (curve, n) -> curve.afterEvaluations(n.longValue()),
                "The lowest fitness among so many evaluations, in the order in which they arrived. " + spread
                        + " How fast they came does not show here: this is what the modes differ in as searches."));
        return figures;
    }

    /** Adds the numbers behind the figures against time. */
    void addTo(Rows rows) {
        for (int workers : experiment.workerCounts()) {
            for (String mode : experiment.modes()) {
                List<Measured> runs = experiment.timed(mode, workers);
                if (runs.isEmpty()) {
                    continue;
                }
                Band band = Band.of(runs, end(workers), ROWS, FitnessCurve::at);
                for (int i = 0; i < band.x().length; i++) {
                    rows.add(
                            experiment.id(),
                            mode,
                            workers,
                            runs.size(),
                            band.x()[i],
                            band.y().get(i));
                }
            }
        }
    }

    static Rows rows() {
        return new Rows(
                "fitness-by-time",
                "experiment mode workers runs time_s best_fitness best_fitness_min best_fitness_max");
    }

    static DataTable table(Rows rows) {
        return rows.table("The best fitness by time: median, lowest and highest of the runs.");
    }

    private double end(int workers) {
        return experiment.runs().stream()
                .filter(run -> run.timed() && run.workers() == workers)
                .mapToDouble(Measured::wallSeconds)
                .max()
                .orElse(1);
    }

    private Figure chart(
            String topic,
            String title,
            String label,
            int workers,
            double end,
            ToDoubleBiFunction<FitnessCurve, Double> fitness,
            String caption) {
        XyChart chart = XyChart.of(label, "best fitness").title(charts.title(title, experiment));
        List<String> modes = experiment.modes().stream()
                .filter(mode -> !experiment.timed(mode, workers).isEmpty())
                .toList();
        boolean positive = true;
        for (String mode : modes) {
            List<Measured> runs = experiment.timed(mode, workers);
            Band band = Band.of(runs, end, STEPS, fitness);
            positive &= band.y().stream().noneMatch(s -> s.min() <= 0);
            if (runs.size() > 1) {
                chart.band(band.x(), band.min(), band.max(), Palette.mode(mode));
            }
        }
        for (String mode : modes) {
            Band band = Band.of(experiment.timed(mode, workers), end, STEPS, fitness);
            Band steps = band.steps();
            chart.steps(mode, steps.x(), steps.median(), Palette.mode(mode), Charts.style(mode));
        }
        return chart.log(0, positive ? 10 : 0).figure(charts.name(topic, experiment), caption);
    }

    /** The fewest, the most, and one between. */
    private static List<Integer> some(List<Integer> counts) {
        return counts.size() <= MOST
                ? counts
                : List.of(counts.get(0), counts.get(counts.size() / 2), counts.get(counts.size() - 1));
    }
}

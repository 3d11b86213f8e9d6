package org.aevo.report.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.aevo.record.RunData;
import org.aevo.record.RunFront;
import org.aevo.report.DataTable;
import org.aevo.report.Figure;
import org.aevo.report.Numbers;
import org.aevo.report.Palette;
import org.aevo.report.Section;
import org.aevo.report.XyChart;
import org.aevo.search.Criterion;

/** What a run of several objectives found: the front, and how its hypervolume grew. */
final class FrontSection {
    /** Objectives that span more than this are shown on a logarithmic scale. */
    private static final double WIDE = 8;

    private final RunData run;
    private final RunFront front;
    private final Evaluated evaluated;
    private final Names names;
    /** Of the front, by its first objective. */
    private final int[] rows;

    FrontSection(RunData run, RunFront front, Evaluated evaluated, Names names) {
        this.run = run;
        this.front = front;
        this.evaluated = evaluated;
        this.names = names;
        Map<Long, Integer> rowOf = new HashMap<>();
        for (int row = 0; row < evaluated.rows; row++) {
            rowOf.put(evaluated.id[row], row);
        }
        double[] first = objective(0);
        this.rows = Arrays.stream(front.members().longs("id"))
                .filter(rowOf::containsKey)
                .mapToObj(rowOf::get)
                .sorted(Comparator.comparingDouble(row -> first[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    Section section() {
        List<Section.Block> blocks = new ArrayList<>();
        blocks.add(new Section.Text("Objectives, all lower is better: " + String.join(", ", front.objectives()) + ". "
                + (rows.length == 0
                        ? "No evaluation has a result yet."
                        : "Of " + Numbers.count(evaluated.rows, "evaluation") + " " + rows.length
                                + (rows.length == 1 ? " is" : " are")
                                + " on the front: none is as good in all of them and better in one.")));
        if (rows.length > 0) {
            for (int x = 0; x < front.objectives().size(); x++) {
                for (int y = x + 1; y < front.objectives().size(); y++) {
                    // sizes lie along, what the search is for upright
                    blocks.add(pair(y, x));
                }
            }
            blocks.add(hypervolume());
            blocks.add(table());
        }
        return new Section(names.of("front"), "The front", blocks);
    }

    /** Of all evaluations; NaN of those without a result. */
    private double[] objective(int place) {
        return evaluated.table.doubles(Criterion.column(front.objectives().get(place)));
    }

    private String title(int place) {
        return Criterion.title(front.objectives().get(place));
    }

    private Figure pair(int across, int up) {
        double[] x = objective(across);
        double[] y = objective(up);
        int[] dots = Thin.rows(evaluated.rows, Thin.POINTS);
        int[] shown = Arrays.stream(Thin.rows(rows.length, Thin.POINTS))
                .map(i -> rows[i])
                .toArray();
        boolean two = front.objectives().size() == 2;
        XyChart chart = XyChart.of(title(across), title(up))
                .log(base(x), base(y))
                .title(names.title(two ? "The front" : "The front: " + title(up) + " and " + title(across)))
                .dots("each evaluation", Thin.of(dots, i -> x[i]), Thin.of(dots, i -> y[i]), Palette.LIGHT);
        if (two) {
            int[] along = IntStream.of(shown)
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> x[row]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            chart.steps("", Thin.of(along, i -> x[i]), Thin.of(along, i -> y[i]), Palette.BLUE, 0);
        }
        chart.points("the front", Thin.of(shown, i -> x[i]), Thin.of(shown, i -> y[i]), Palette.BLUE, 0);
        return chart.figure(
                names.of("front-" + front.objectives().get(up) + "-"
                        + front.objectives().get(across)),
                (two
                                ? "Lower is better along both axes: what lies above the steps is dominated."
                                : "Lower is better along both axes. An evaluation of the front may look dominated here: it is better in another objective.")
                        + (evaluated.rows > Thin.POINTS
                                ? " " + Thin.POINTS + " of " + evaluated.rows + " evaluations are shown."
                                : ""));
    }

    private static int base(double[] values) {
        double low = finite(values).min().orElse(0);
        double high = finite(values).max().orElse(0);
        return low > 0 && high / low > WIDE ? 10 : 0;
    }

    private static DoubleStream finite(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite);
    }

    private Figure hypervolume() {
        double[] elapsed = front.hypervolume().doubles("elapsed_s");
        double[] volume = front.hypervolume().doubles("hypervolume");
        TimeScale scale = TimeScale.of(elapsed[elapsed.length - 1]);
        double[] x = scale.scale(elapsed);
        int[] kept = changes(volume);
        int[] shown = Arrays.stream(Thin.rows(kept.length, Thin.POINTS))
                .map(i -> kept[i])
                .toArray();
        List<String> reference = new ArrayList<>();
        for (int i = 0; i < front.objectives().size(); i++) {
            reference.add(front.objectives().get(i) + " "
                    + Numbers.text(front.reference().get(i)));
        }
        return XyChart.of(scale.label("time since the start of the run"), "hypervolume")
                .title(names.title("Hypervolume of the front"))
                .steps("", Thin.of(shown, i -> x[i]), Thin.of(shown, i -> volume[i]), Palette.BLUE, 0)
                .yRange(0, Double.NaN)
                .figure(
                        names.of("hypervolume"),
                        "What the evaluations so far dominate, up to " + String.join(", ", reference) + ": "
                                + (front.isReferenceGiven()
                                        ? "task.reference-point, so that runs with the same compare."
                                        : "the worst of each that the run has seen. With task.reference-point runs compare."));
    }

    /** Where a line of steps has a new value, and its ends. */
    private static int[] changes(double[] values) {
        return IntStream.range(0, values.length)
                .filter(i -> i == 0 || i == values.length - 1 || values[i] != values[i - 1])
                .toArray();
    }

    private DataTable table() {
        List<String> header = new ArrayList<>(List.of("id"));
        front.objectives().forEach(objective -> header.add(Criterion.column(objective)));
        header.addAll(List.of("fitness", "parameters", "epochs", "arrived_s", "operator", "genome"));
        List<List<Object>> table = new ArrayList<>();
        long[] parameters = evaluated.table.longs("parameters");
        long[] epochs = evaluated.table.longs("epochs");
        String[] operator = evaluated.table.texts("operator");
        for (int row : rows) {
            List<Object> cells = new ArrayList<>(List.of(evaluated.id[row]));
            for (int i = 0; i < front.objectives().size(); i++) {
                cells.add(objective(i)[row]);
            }
            cells.addAll(List.of(
                    evaluated.fitness[row],
                    parameters[row],
                    epochs[row],
                    evaluated.arrived[row],
                    operator[row],
                    run.genomes().get(row)));
            table.add(cells);
        }
        return new DataTable(
                names.of("front-table"),
                "The front, from the lowest of " + front.objectives().get(0) + " on.",
                header,
                table);
    }
}

package org.aevo.report.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.aevo.record.RunData;
import org.aevo.report.DataTable;
import org.aevo.report.Palette;
import org.aevo.report.Section;
import org.aevo.report.XyChart;
import org.aevo.search.Figure;

/**
 * What a low loss costs: the loss of each evaluation against its parameters and against its training seconds, and the networks
 * that are the best for what they cost.
 */
final class CostSection {
    private final RunData run;
    private final Evaluated evaluated;
    private final Names names;
    private final Loss loss;

    /** What is low in good networks, by name, of each evaluation; NaN for none. */
    private record Loss(String name, double[] values) {}

    CostSection(RunData run, Evaluated evaluated, Names names) {
        this.run = run;
        this.evaluated = evaluated;
        this.names = names;
        this.loss = loss();
    }

    /** The validation loss; of classifiers the cross-entropy, and where neither was recorded the fitness. */
    private Loss loss() {
        double[] reconstruction = evaluated.table.doubles("validation_loss");
        if (Arrays.stream(reconstruction).anyMatch(Double::isFinite)) {
            return new Loss("validation loss", reconstruction);
        }
        String entropy = Figure.CROSS_ENTROPY.column();
        return evaluated.table.has(entropy)
                ? new Loss("validation cross-entropy", evaluated.table.doubles(entropy))
                : new Loss(FitnessName.of(run).label(), evaluated.fitness);
    }

    Section section() {
        double[] parameters = Arrays.stream(evaluated.table.longs("parameters"))
                .asDoubleStream()
                .toArray();
        double[] seconds = evaluated.table.doubles("train_s");
        List<Section.Block> blocks = new ArrayList<>();
        int[] small = cheapest(parameters, loss.values());
        int[] fast = cheapest(seconds, loss.values());
        if (small.length == 0 && fast.length == 0) {
            blocks.add(new Section.Text("No evaluation has a loss yet."));
        }
        if (small.length > 0) {
            blocks.add(chart("loss-parameters", "parameters", parameters, small));
        }
        if (fast.length > 0) {
            blocks.add(chart("loss-seconds", "training time (s)", seconds, fast));
        }
        if (small.length > 0) {
            blocks.add(table("loss-parameters", "parameters", small));
        }
        if (fast.length > 0) {
            blocks.add(table("loss-seconds", "seconds of training", fast));
        }
        return new Section(names.of("cost"), "What a low loss costs", blocks);
    }

    /**
     * Rows that are the best of all that cost no more, from the cheapest on.
     *
     * @param cost of each; those of which it is not positive are left out, and those without a loss
     */
    static int[] cheapest(double[] cost, double[] loss) {
        int[] byCost = IntStream.range(0, cost.length)
                .filter(row -> Double.isFinite(loss[row]) && Double.isFinite(cost[row]) && cost[row] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(row -> cost[row]).thenComparingDouble(row -> loss[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Integer> kept = new ArrayList<>();
        for (int row : byCost) {
            if (kept.isEmpty() || loss[row] < loss[kept.get(kept.size() - 1)]) {
                kept.add(row);
            }
        }
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }

    private Section.Block chart(String name, String label, double[] cost, int[] cheapest) {
        int[] dots = Thin.rows(evaluated.rows, Thin.POINTS);
        XyChart chart = XyChart.of(label, loss.name())
                .title(names.title("Loss against " + (name.endsWith("seconds") ? "training time" : "parameters")))
                .dots(
                        "each evaluation",
                        Thin.of(dots, i -> cost[i]),
                        Thin.of(dots, i -> loss.values()[i]),
                        Palette.LIGHT)
                .steps(
                        "lowest of those that cost no more",
                        Thin.of(cheapest, i -> cost[i]),
                        Thin.of(cheapest, i -> loss.values()[i]),
                        Palette.BLUE,
                        0);
        FitnessRange range = FitnessRange.of(loss.values(), Thin.of(cheapest, i -> loss.values()[i]));
        range.putOn(chart);
        return chart.log(10, range.wide() ? 10 : 0)
                .figure(
                        names.of(name),
                        "Each evaluation by what it cost. The highest twentieth of the losses may lie above the figure"
                                + (evaluated.rows > Thin.POINTS
                                        ? "; " + Thin.POINTS + " of " + evaluated.rows + " evaluations are shown."
                                        : "."));
    }

    private DataTable table(String name, String cost, int[] rows) {
        long[] parameters = evaluated.table.longs("parameters");
        double[] seconds = evaluated.table.doubles("train_s");
        List<List<Object>> cells = new ArrayList<>();
        for (int row : rows) {
            cells.add(List.of(
                    evaluated.id[row],
                    loss.values()[row],
                    evaluated.fitness[row],
                    parameters[row],
                    seconds[row],
                    run.genomes().get(row)));
        }
        return new DataTable(
                names.of(name),
                "The evaluations of the lowest " + loss.name() + " among all of no more " + cost
                        + ", from the cheapest on.",
                List.of("id", "loss", "fitness", "parameters", "train_s", "genome"),
                cells);
    }
}

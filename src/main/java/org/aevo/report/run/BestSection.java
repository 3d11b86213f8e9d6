package org.aevo.report.run;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.record.RunData;
import org.aevo.record.RunTable;
import org.aevo.report.DataTable;
import org.aevo.report.Figure;
import org.aevo.report.Numbers;
import org.aevo.report.Palette;
import org.aevo.report.Section;
import org.aevo.report.XyChart;

/** The best candidates: who they are, how they learned, and the best of them layer by layer. */
final class BestSection {
    private static final int LISTED = 10;
    private static final int CURVES = 5;
    private static final int GENOME = 300;
    private static final double WIDE = 5;

    /** In the effective input. */
    private static final Pattern CROSS_ENTROPY = Pattern.compile("(?m)^  loss: binary-cross-entropy$");

    private final RunData run;
    private final Evaluated evaluated;
    private final Names names;
    private final Optional<Blueprint> blueprint;

    BestSection(RunData run, Evaluated evaluated, Names names, Optional<Blueprint> blueprint) {
        this.run = run;
        this.evaluated = evaluated;
        this.names = names;
        this.blueprint = blueprint;
    }

    Section section() {
        List<Section.Block> blocks = new ArrayList<>();
        int[] best = evaluated.byFitness();
        if (best.length == 0) {
            blocks.add(new Section.Text("There is no best network: "
                    + (evaluated.rows == 0
                            ? "no evaluation has come yet."
                            : "of " + Numbers.count(evaluated.rows, "evaluation")
                                    + " none has a fitness; how they ended stands under Failures and retries.")));
            return new Section(names.of("best"), "The best networks", blocks);
        }
        blocks.add(list(best));
        int[] top = Arrays.copyOf(best, Math.min(CURVES, best.length));
        AccuracyCharts accuracy = new AccuracyCharts(run, evaluated, names);
        if (accuracy.hasCurves(top)) {
            blocks.addAll(accuracy.curves(top));
        } else if (Arrays.stream(top).anyMatch(row -> curve(row).length > 1)) {
            blocks.add(curves(top));
        }
        if (blueprint.isPresent()) {
            if (NetworkPicture.shows(blueprint.get())) {
                blocks.add(NetworkPicture.of(names, blueprint.get(), evaluated.id[best[0]]));
            }
            blocks.add(layers(blueprint.get(), evaluated.id[best[0]]));
        } else {
            blocks.add(new Section.Text(
                    "The layers of the best are not shown: neither the run nor data on this machine tell"
                            + " the shape of the samples."));
        }
        return new Section(names.of("best"), "The best networks", blocks);
    }

    private DataTable list(int[] best) {
        int[] listed = Arrays.copyOf(best, Math.min(LISTED, best.length));
        List<org.aevo.search.Figure> figures = measured(listed);
        double[] loss = evaluated.table.doubles("validation_loss");
        boolean another =
                Arrays.stream(listed).anyMatch(row -> !Double.isNaN(loss[row]) && evaluated.fitness[row] != loss[row]);
        List<String> header = new ArrayList<>(List.of("id", "fitness"));
        if (another) {
            header.add("validation_loss");
        }
        figures.forEach(figure -> header.add(figure.head()));
        header.addAll(List.of("parameters", "epochs", "seconds", "made_by", "genome"));
        List<List<Object>> rows = new ArrayList<>();
        for (int row : listed) {
            List<Object> cells = new ArrayList<>(List.of(evaluated.id[row], evaluated.fitness[row]));
            if (another) {
                cells.add(loss[row]);
            }
            figures.forEach(figure -> cells.add(evaluated.table.doubles(figure.column())[row]));
            cells.addAll(List.of(
                    evaluated.table.longs("parameters")[row],
                    evaluated.table.longs("epochs")[row],
                    evaluated.busy[row],
                    evaluated.table.texts("operator")[row],
                    Fit.text(run.genomes().get(row), GENOME)));
            rows.add(cells);
        }
        return new DataTable(
                names.of("best-candidates"),
                "The best candidates. " + FitnessName.of(run).sentence(),
                header,
                rows);
    }

    /** What was measured beside the losses. */
    private List<org.aevo.search.Figure> measured(int[] rows) {
        return org.aevo.search.Figure.ofNetworks().stream()
                .filter(figure -> evaluated.table.has(figure.column())
                        && Arrays.stream(rows)
                                .anyMatch(row -> !Double.isNaN(evaluated.table.doubles(figure.column())[row])))
                .toList();
    }

    private int[] curve(int row) {
        return run.curves().rowsWhere("evaluation", evaluated.id[row]);
    }

    private Figure curves(int[] top) {
        RunTable curves = run.curves();
        double[] epoch = Arrays.stream(curves.longs("epoch")).asDoubleStream().toArray();
        double[] train = curves.doubles("train_loss");
        double[] validation = curves.doubles("validation_loss");
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        XyChart chart =
                XyChart.of("epoch", "loss (mean squared error)").wholeX().title(names.title("How the best learned"));
        boolean comparable = !CROSS_ENTROPY.matcher(run.about().inputYaml()).find();
        for (int i = 0; i < top.length; i++) {
            int[] rows = Arrays.stream(curve(top[i])).sorted().toArray();
            rows = Arrays.stream(Thin.rows(rows.length, 500)).map(index(rows)).toArray();
            Color colour = Palette.series(i);
            if (i == 0 && comparable) {
                chart.line(
                        evaluated.id[top[i]] + ", training",
                        Thin.of(rows, r -> epoch[r]),
                        Thin.of(rows, r -> train[r]),
                        Palette.faint(colour, 0.45),
                        1);
            }
            for (int row : rows) {
                low = Math.min(low, validation[row]);
                high = Math.max(high, validation[row]);
            }
            double[] ones = Thin.of(rows, r -> validation[r]);
            chart.spread("" + evaluated.id[top[i]], Thin.of(rows, r -> epoch[r]), ones, ones, ones, colour, i);
        }
        return chart.log(0, low > 0 && high / low > WIDE ? 10 : 0)
                .figure(
                        names.of("curves"),
                        "Validation loss after each epoch of the " + top.length
                                + " best, by the number of the candidate"
                                + (comparable
                                        ? "; of the best the loss in training too."
                                        : ". Training lowers the binary cross-entropy, which is another number."));
    }

    private static java.util.function.IntUnaryOperator index(int[] rows) {
        int[] copy = rows.clone();
        return i -> copy[i];
    }

    private DataTable layers(Blueprint network, long id) {
        List<String> from = Layers.from(network);
        boolean chain = from.stream().allMatch(String::isEmpty);
        List<List<Object>> rows = new ArrayList<>();
        rows.add(row(chain, "input", "", "", network.input().toString(), 0L));
        for (int i = 0; i < from.size(); i++) {
            Layer layer = network.nodes().get(i).layer();
            rows.add(row(
                    chain,
                    layer.name(),
                    from.get(i),
                    Layers.text(layer),
                    layer.output().toString(),
                    layer.parameters()));
        }
        rows.add(row(chain, "together", "", "", "", network.parameters()));
        return new DataTable(
                names.of("layers"),
                "The best, candidate " + id + ", layer by layer, of "
                        + Numbers.text((double) network.parameters()) + " trainable numbers. Output: channels x rows x"
                        + " columns, or values."
                        + (chain ? "" : " From: what a layer takes where that is not just the one before it."),
                row(chain, "layer", "from", "what", "output", "parameters"),
                rows);
    }

    /** Layers of a chain take each the output of the one before: that needs no column. */
    private static <T> List<T> row(boolean chain, T layer, T from, T what, T output, T parameters) {
        return chain ? List.of(layer, what, output, parameters) : List.of(layer, from, what, output, parameters);
    }
}

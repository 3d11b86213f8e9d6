package org.aevo.report.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aevo.baseline.PrincipalComponents;
import org.aevo.baseline.Rows;
import org.aevo.report.Figure;
import org.aevo.report.Numbers;
import org.aevo.report.Palette;
import org.aevo.report.Section;
import org.aevo.report.XyChart;

/** What the best network makes of samples that it has not seen, and the code that it gives them. */
final class OutputSection {
    private static final int SHOWN = 10;
    private static final int PROFILES = 4;
    private static final int MAX_LABELS = 10;
    private static final int SHADES = 5;

    private final Outputs outputs;
    private final Names names;

    OutputSection(Outputs outputs, Names names) {
        this.outputs = outputs;
        this.names = names;
    }

    Section section() {
        List<Section.Block> blocks = new ArrayList<>();
        blocks.add(new Section.Text("The mean squared error of the best network, as the search trained it, over "
                + outputs.count()
                + " samples of the " + outputs.part() + " part, which "
                + (outputs.part().equals("test")
                        ? "neither training nor search has seen"
                        : "the fitness is measured on")
                + ", is "
                + Numbers.text(outputs.error()) + "."));
        blocks.add(reconstructions());
        blocks.add(codes());
        return new Section(names.of("outputs"), "What the best network makes of samples", blocks);
    }

    /** The section's figures one below the other, as one. */
    Figure picture() {
        Figure above = reconstructions();
        return codes() instanceof Figure below
                ? new Figure(
                        above.name(),
                        above.caption() + " " + below.caption(),
                        Math.max(above.width(), below.width()),
                        above.height() + below.height(),
                        (graphics, width, height) -> {
                            above.drawing().draw(graphics, above.width(), above.height());
                            graphics.translate(0, above.height());
                            below.drawing().draw(graphics, below.width(), below.height());
                        })
                : above;
    }

    private Figure reconstructions() {
        if (outputs.shape().isSignal()) {
            return Signals.of(names, outputs, samples());
        }
        if (outputs.shape().isImage()) {
            return Pictures.of(names, outputs, samples());
        }
        int values = outputs.shape().channels();
        return values >= 2 && values <= 3 ? clouds() : profiles();
    }

    /** The codes in a plane, or why they are not shown. */
    private Section.Block codes() {
        if (!allFinite(outputs.codes())) {
            return new Section.Text("The code of some samples is not finite: it is not shown.");
        }
        if (outputs.latent() < 2 || outputs.count() < 3) {
            return new Section.Text("The code is a single number: there is no plane to show it in.");
        }
        if (outputs.latent() > Rows.MAX_SIZE) {
            return new Section.Text("The code has " + outputs.latent() + " values, more than " + Rows.MAX_SIZE
                    + ": its principal components are not worked out.");
        }
        try {
            return plane();
        } catch (ArithmeticException e) {
            return new Section.Text("The codes have no principal components: " + e.getMessage() + ".");
        }
    }

    private static boolean allFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** The first of each label, in their order, then the first others. */
    private int[] samples() {
        Map<Integer, Integer> first = new TreeMap<>();
        for (int i = 0; i < outputs.count() && outputs.labels().isPresent(); i++) {
            first.putIfAbsent(outputs.labels().get()[i], i);
        }
        return IntStream.concat(
                        first.values().stream().mapToInt(i -> i),
                        IntStream.range(0, Math.min(2 * SHOWN, outputs.count())))
                .distinct()
                .limit(SHOWN)
                .toArray();
    }

    /** Points of two or three values: the first against the last. */
    private Figure clouds() {
        int size = outputs.shape().channels();
        int[] rows = Thin.rows(outputs.count(), Thin.POINTS);
        return XyChart.of("value 1", "value " + size)
                .title(names.title("Originals and reconstructions"))
                .dots(
                        "original",
                        Thin.of(rows, i -> outputs.originals()[i * size]),
                        Thin.of(rows, i -> outputs.originals()[(i + 1) * size - 1]),
                        Palette.GREY)
                .points(
                        "reconstruction",
                        Thin.of(rows, i -> outputs.reconstructions()[i * size]),
                        Thin.of(rows, i -> outputs.reconstructions()[(i + 1) * size - 1]),
                        Palette.BLUE,
                        6)
                .figure(
                        names.of("reconstructions"),
                        "Samples of the " + outputs.part() + " part, seen along one axis, and what the best network"
                                + " makes of them.",
                        420);
    }

    /** Vectors of more values, as lines over the number of the value. */
    private Figure profiles() {
        int size = outputs.shape().channels();
        int[] values = Thin.rows(size, 500);
        XyChart chart = XyChart.of("number of the value", "value").title(names.title("Originals and reconstructions"));
        double[] x = Thin.of(values, v -> v + 1.0);
        int[] samples = Arrays.copyOf(samples(), Math.min(PROFILES, samples().length));
        for (int i = 0; i < samples.length; i++) {
            int first = samples[i] * size;
            chart.line(
                    "sample " + (i + 1), x, Thin.of(values, v -> outputs.originals()[first + v]), Palette.series(i), 0);
            chart.line(
                    "reconstructed",
                    x,
                    Thin.of(values, v -> outputs.reconstructions()[first + v]),
                    Palette.series(i),
                    2);
        }
        return chart.figure(
                names.of("reconstructions"),
                samples.length + " samples of the " + outputs.part() + " part, and dotted what the best network makes"
                        + " of them.");
    }

    private Figure plane() {
        double[] x;
        double[] y;
        XyChart chart;
        String caption;
        if (outputs.latent() == 2) {
            x = column(outputs.codes(), 0);
            y = column(outputs.codes(), 1);
            chart = XyChart.of("first number of the code", "second number of the code");
            caption = "The code of each sample.";
        } else {
            PrincipalComponents components = components();
            float[] along = components.encode(outputs.codes());
            x = column(along, 0);
            y = column(along, 1);
            chart = XyChart.of(
                    "first principal component (" + Numbers.percent(components.shares()[0]) + " of the variance)",
                    "second (" + Numbers.percent(components.shares()[1]) + ")");
            caption = "The codes, " + outputs.latent()
                    + " numbers each, along the two directions in which they vary most.";
        }
        chart.title(names.title("The code in two dimensions"));
        int[] rows = Thin.rows(outputs.count(), Thin.POINTS);
        if (outputs.labels().isPresent()) {
            labelled(chart, x, y, rows, outputs.labels().get());
            caption += " Colour and mark: the label.";
        } else if (outputs.shape().isImage()) {
            chart.dots("", Thin.of(rows, i -> x[i]), Thin.of(rows, i -> y[i]), Palette.BLUE);
        } else {
            shaded(chart, x, y, rows);
            caption += " Shade: the sample's first value, in fifths of the samples.";
        }
        return chart.figure(
                names.of("codes"), caption + " " + rows.length + " samples of the " + outputs.part() + " part.", 460);
    }

    /** Without labels the place on a manifold: the fifth of the samples that the first value is in. */
    private void shaded(XyChart chart, double[] x, double[] y, int[] rows) {
        int size = outputs.shape().channels();
        int[] sorted = IntStream.range(0, outputs.count())
                .boxed()
                .sorted(Comparator.comparing(i -> outputs.originals()[i * size]))
                .mapToInt(i -> i)
                .toArray();
        int[] shade = new int[outputs.count()];
        for (int rank = 0; rank < sorted.length; rank++) {
            shade[sorted[rank]] = SHADES * rank / sorted.length;
        }
        for (int k = 0; k < SHADES; k++) {
            int which = k;
            int[] mine = Arrays.stream(rows).filter(i -> shade[i] == which).toArray();
            chart.points(
                    k == 0 ? "lowest first value" : k == SHADES - 1 ? "highest" : "" + (k + 1),
                    Thin.of(mine, i -> x[i]),
                    Thin.of(mine, i -> y[i]),
                    Palette.faint(Palette.BLUE, (k + 1.0) / SHADES),
                    5);
        }
    }

    private void labelled(XyChart chart, double[] x, double[] y, int[] rows, int[] labels) {
        int[] known = Arrays.stream(labels).distinct().sorted().toArray();
        int named = known.length > MAX_LABELS ? MAX_LABELS - 1 : known.length;
        for (int k = 0; k < named; k++) {
            int label = known[k];
            int[] mine = Arrays.stream(rows).filter(i -> labels[i] == label).toArray();
            chart.points("" + label, Thin.of(mine, i -> x[i]), Thin.of(mine, i -> y[i]), Palette.series(k), 5 + k);
        }
        if (named < known.length) {
            int from = known[named];
            int[] others = Arrays.stream(rows).filter(i -> labels[i] >= from).toArray();
            chart.points(
                    "others (" + (known.length - named) + ")",
                    Thin.of(others, i -> x[i]),
                    Thin.of(others, i -> y[i]),
                    Palette.series(named),
                    5 + named);
        }
    }

    private PrincipalComponents components() {
        int size = outputs.latent();
        return PrincipalComponents.fit(
                new Rows(
                        outputs.count(),
                        size,
                        (from, to) -> Arrays.copyOfRange(outputs.codes(), from * size, to * size)),
                2);
    }

    /** One of two numbers of each sample. */
    private static double[] column(float[] pairs, int which) {
        return IntStream.range(0, pairs.length / 2)
                .mapToDouble(i -> pairs[2 * i + which])
                .toArray();
    }
}

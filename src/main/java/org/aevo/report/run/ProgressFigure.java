package org.aevo.report.run;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.aevo.record.RunData;
import org.aevo.report.Figure;
import org.aevo.report.Numbers;
import org.aevo.report.Palette;
import org.aevo.report.XyChart;
import org.aevo.search.StrategyKind;

/**
 * Each individual as a dot, when its evaluation arrived and how fit it is; those who are members of the population apart from
 * those who left it; and the line of ancestors of the best. After Figure 1 of E. Real et al., "Large-Scale Evolution of Image
 * Classifiers", ICML 2017.
 *
 * <p>Long runs show some of the dots, evenly chosen by id, so that the figure stays light. The best and the line are drawn
 * whole; where the line has very many points, without a mark at each.
 */
final class ProgressFigure {
    static final String NAME = "progress";

    private static final int HEIGHT = 420;
    /** Marks are larger than dots, and heavier. */
    private static final int MARKS = 500;

    private final RunData run;
    private final Evaluated evaluated;
    private final Names names;
    private final int[] lineage;
    private final boolean bred;
    private final boolean told;
    /** Whether a row is of a member, as far as that is known. */
    private final IntPredicate member;

    ProgressFigure(RunData run, Evaluated evaluated, Names names) {
        this.run = run;
        this.evaluated = evaluated;
        this.names = names;
        this.lineage = Lineage.of(evaluated, run.bestRow());
        this.bred = StrategyKind.breedsFromPopulation(run.about().strategy());
        this.told = evaluated.knowsWhoLeft();
        double[] left = evaluated.left();
        long[] insertion = evaluated.table.longs("insertion");
        this.member = row -> bred && told && insertion[row] >= 0 && Double.isNaN(left[row]);
    }

    /** A kind of individuals, and how many of them a figure shows at most. */
    private record Kind(String name, int[] rows, int most) {
        int[] shown() {
            return IntStream.of(Thin.rows(rows.length, most)).map(i -> rows[i]).toArray();
        }

        boolean isThinned() {
            return rows.length > most;
        }
    }

    /** The figure, on an axis of time. */
    Figure figure(TimeScale scale) {
        double[] time = scale.scale(evaluated.arrived);
        FitnessRange range = FitnessRange.of(evaluated, Thin.of(lineage, row -> evaluated.fitness[row]));
        XyChart chart = XyChart.of(
                        scale.label("time since the start of the run"),
                        FitnessName.of(run).label())
                .title(names.title("Individuals and the lineage of the best"));
        range.putOn(chart);
        List<Kind> kinds = kinds();
        dots(chart, kinds.get(0), time, Palette.LIGHT);
        dots(chart, kinds.get(2), time, Palette.GREEN);
        points(chart, kinds.get(1).name(), kinds.get(1).shown(), time, Palette.BLUE, 0);
        line(chart, time);
        best(chart, time);
        return chart.figure(names.of(NAME), caption(kinds, range), HEIGHT);
    }

    /** Those who left, or all where nobody leaves or it is not known; the members; and those who are neither yet. */
    private List<Kind> kinds() {
        boolean apart = bred && told;
        double[] left = evaluated.left();
        return List.of(
                kind(
                        apart ? "left the population" : "each individual",
                        row -> !apart || !Double.isNaN(left[row]),
                        Thin.POINTS),
                kind(run.about().complete() ? "member at the end" : "member so far", member, MARKS),
                kind("not taken in", row -> apart && Double.isNaN(left[row]) && !member.test(row), MARKS));
    }

    private Kind kind(String name, IntPredicate which, int most) {
        return new Kind(
                name,
                IntStream.range(0, evaluated.rows)
                        .filter(row -> Double.isFinite(evaluated.fitness[row]) && which.test(row))
                        .toArray(),
                most);
    }

    private void dots(XyChart chart, Kind kind, double[] time, Color colour) {
        chart.dots(
                kind.name(),
                Thin.of(kind.shown(), row -> time[row]),
                Thin.of(kind.shown(), row -> evaluated.fitness[row]),
                colour);
    }

    private void points(XyChart chart, String name, int[] rows, double[] time, Color colour, int style) {
        chart.points(
                name, Thin.of(rows, row -> time[row]), Thin.of(rows, row -> evaluated.fitness[row]), colour, style);
    }

    /** The line of ancestors, with marks where there are not too many; members among them are marked as members. */
    private void line(XyChart chart, double[] time) {
        if (lineage.length < 2) {
            return;
        }
        chart.line(
                "lineage of the best",
                Thin.of(lineage, row -> time[row]),
                Thin.of(lineage, row -> evaluated.fitness[row]),
                Palette.VERMILLION,
                0);
        if (lineage.length <= MARKS) {
            int[] gone = IntStream.of(lineage).filter(member.negate()).toArray();
            int[] members = IntStream.of(lineage).filter(member).toArray();
            points(chart, "", gone, time, Palette.VERMILLION, 1);
            points(chart, "", members, time, Palette.BLUE, 0);
        }
    }

    private void best(XyChart chart, double[] time) {
        if (lineage.length > 0) {
            points(chart, "the best", new int[] {lineage[lineage.length - 1]}, time, Palette.BLACK, 3);
        }
    }

    private String caption(List<Kind> kinds, FitnessRange range) {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "Each dot is an individual, when its evaluation arrived and how fit it is; lower is better (after Figure"
                        + " 1 of Real et al. 2017).");
        sentences.add(population(kinds));
        sentences.add(ancestry());
        int without =
                evaluated.rows - kinds.stream().mapToInt(k -> k.rows().length).sum();
        if (without > 0) {
            sentences.add(Numbers.count(without, "evaluation") + " without a fitness " + (without == 1 ? "is" : "are")
                    + " left out.");
        }
        for (Kind kind : kinds) {
            if (kind.isThinned()) {
                sentences.add("Of the " + kind.rows().length + " dots for \"" + kind.name() + "\" " + kind.most()
                        + " are drawn, evenly chosen by id.");
            }
        }
        long above = IntStream.range(0, evaluated.rows)
                .filter(row -> Double.isFinite(evaluated.fitness[row]) && evaluated.fitness[row] > range.top())
                .count();
        if (above > 0) {
            sentences.add(Numbers.count(above, "individual") + (above == 1 ? " is" : " are")
                    + " worse than the figure reaches.");
        }
        sentences.removeIf(String::isEmpty);
        return String.join(" ", sentences);
    }

    private String population(List<Kind> kinds) {
        if (!bred) {
            return "A search of strategy \"" + run.about().strategy()
                    + "\" breeds from no population: no individual lives or leaves, and all dots are alike.";
        }
        if (!told) {
            return "Who left the population was not recorded by the program that led the run, or a part of it: all dots are"
                    + " alike.";
        }
        int waiting = kinds.get(2).rows().length;
        return kinds.get(1).rows().length
                + (run.about().complete() ? " were members of the population at the end, " : " are members so far, ")
                + kinds.get(0).rows().length + " had left it or did not stay"
                + (waiting > 0 ? ", " + waiting + " had not been taken in." : ".");
    }

    private String ancestry() {
        if (lineage.length == 0) {
            return "";
        }
        int best = lineage[lineage.length - 1];
        String who = "the best, candidate " + evaluated.id[best]
                + (member.test(best) ? ", a member" : bred && told ? ", which had left" : "");
        if (lineage.length == 1) {
            return "T" + who.substring(1) + ", has no parents.";
        }
        return "The line leads to " + who + ", over its " + Numbers.count(lineage.length - 1L, "ancestor")
                + ", from candidate " + evaluated.id[lineage[0]] + " on; of two parents it follows the fitter"
                + (lineage.length > MARKS ? ". Ancestors are too many for a mark each." : ".");
    }
}

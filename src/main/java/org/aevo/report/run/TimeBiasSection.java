package org.aevo.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.aevo.record.RunData;
import org.aevo.report.DataTable;
import org.aevo.report.Numbers;
import org.aevo.report.Palette;
import org.aevo.report.Section;
import org.aevo.report.XyChart;

/** Whether the search preferred what is evaluated fast: a sentence, a figure, and the numbers. */
final class TimeBiasSection {
    private static final int MOST_PARTS = 10;
    /** With fewer candidates in a part its shares would be chance. */
    private static final int LEAST = 20;

    private final RunData run;
    private final Evaluated evaluated;
    private final Names names;

    TimeBiasSection(RunData run, Evaluated evaluated, Names names) {
        this.run = run;
        this.evaluated = evaluated;
        this.names = names;
    }

    Section section() {
        TimeBias whole = TimeBias.of(evaluated, 1).get(0);
        List<TimeBias> parts = TimeBias.of(evaluated, Math.max(1, Math.min(MOST_PARTS, evaluated.rows / LEAST)));
        List<Section.Block> blocks = new ArrayList<>();
        blocks.add(
                new Section.Text(
                        "Slow are the "
                                + Numbers.percent(TimeBias.SLOW)
                                + " of the evaluations that took longest, more than "
                                + Numbers.text(TimeBias.threshold(evaluated)) + " s. They are "
                                + Numbers.percent(whole.fittest().value()) + " of the fittest quarter and "
                                + Numbers.percent(whole.parents().value()) + " of the parents of this run. "
                                + (run.about().mode().equals("sync")
                                        ? "A synchronous search takes in whole generations: parents are chosen by fitness alone, whatever they took."
                                        : "Where slow candidates are rarer among the parents than among the fittest of the same part of the run, the search"
                                                + " prefers what is evaluated fast: a fast candidate is back, and has children, while a slow one is still"
                                                + " out. Over the whole run the two differ also because those that are told late have no time for children.")));
        blocks.add(figure(parts));
        blocks.add(table(whole, parts));
        return new Section(names.of("time-bias"), "Whether fast candidates were preferred", blocks);
    }

    private Section.Block figure(List<TimeBias> parts) {
        TimeScale scale = TimeScale.of(parts.get(parts.size() - 1).to());
        double[] middle = scale.scale(
                parts.stream().mapToDouble(p -> (p.from() + p.to()) / 2).toArray());
        double[] ends = scale.scale(
                new double[] {parts.get(0).from(), parts.get(parts.size() - 1).to()});
        return XyChart.of(scale.label("time since the start of the run"), "share of slow candidates")
                .title(names.title("Slow candidates among born, told and parents"))
                .line("born", middle, shares(parts, TimeBias::born), Palette.SKY, 0)
                .line("told", middle, shares(parts, TimeBias::told), Palette.ORANGE, 1)
                .line("fittest quarter of the told", middle, shares(parts, TimeBias::fittest), Palette.GREY, 2)
                .line("parents", middle, shares(parts, TimeBias::parents), Palette.BLACK, 3)
                .reference("of all", ends, new double[] {TimeBias.SLOW, TimeBias.SLOW})
                .yRange(0, 1)
                .figure(
                        names.of("time-bias"),
                        "Of the candidates that were born, told and chosen as parents in each of "
                                + Numbers.count(parts.size(), "equal part")
                                + " of the run, how many are slow (after Scott and De Jong 2015). A parent counts for each of its children.");
    }

    private static double[] shares(List<TimeBias> parts, Function<TimeBias, TimeBias.Share> of) {
        return parts.stream().mapToDouble(part -> of.apply(part).value()).toArray();
    }

    private DataTable table(TimeBias whole, List<TimeBias> parts) {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(row("the whole run", whole));
        for (int i = 0; parts.size() > 1 && i < parts.size(); i++) {
            rows.add(row("part " + (i + 1), parts.get(i)));
        }
        return new DataTable(
                names.of("time-bias"),
                "Candidates whose duration is known, and how many of them are slow. Fittest: the fittest quarter of the told. Of candidates"
                        + " that are still out neither they nor their parents count.",
                List.of(
                        "part",
                        "from_s",
                        "to_s",
                        "born",
                        "born_slow",
                        "born_slow_share",
                        "told",
                        "told_slow",
                        "told_slow_share",
                        "fittest",
                        "fittest_slow",
                        "fittest_slow_share",
                        "parents",
                        "parents_slow",
                        "parents_slow_share"),
                rows);
    }

    private static List<Object> row(String name, TimeBias bias) {
        List<Object> row = new ArrayList<>(List.of(name, bias.from(), bias.to()));
        for (TimeBias.Share share : List.of(bias.born(), bias.told(), bias.fittest(), bias.parents())) {
            row.addAll(List.of(share.all(), share.slow(), share.value()));
        }
        return row;
    }
}

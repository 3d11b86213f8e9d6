package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aevo.report.Figure;
import org.aevo.report.Numbers;
import org.aevo.report.Section;
import org.aevo.report.XyChart;

/** What either mode brings for the same evaluations, for the same time, and until a target. */
final class ModesSection {
    private final Charts charts;
    private final List<Section.Block> blocks = new ArrayList<>();
    private final Rows modes = new Rows(
            "modes",
            "experiment workers equal level measure sync_runs sync sync_min sync_max async_runs async async_min async_max"
                    + " sync_over_async p");
    private final Rows times = new Rows(
            "time-to-target",
            "experiment target fitness mode workers runs reached time_s time_s_min time_s_max evaluations expected_s");
    private final Rows curves = FitnessCharts.rows();

    private ModesSection(Charts charts) {
        this.charts = charts;
    }

    /**
     * @param targets none for those that come from the runs
     */
    static Optional<Section> of(List<Experiment> all, List<Target> targets, Charts charts) {
        ModesSection section = new ModesSection(charts);
        for (Experiment experiment : all) {
            List<Measured> runs =
                    experiment.runs().stream().filter(Measured::timed).toList();
            if (!runs.isEmpty()) {
                section.add(experiment, targets.isEmpty() ? TimeToTarget.ownTargets(runs) : targets, targets.isEmpty());
            }
        }
        if (section.blocks.isEmpty()) {
            return Optional.empty();
        }
        section.tables();
        return Optional.of(new Section("modes", "Synchronous against asynchronous", section.blocks));
    }

    private void add(Experiment experiment, List<Target> targets, boolean own) {
        List<ModeComparison> comparisons = ModeComparison.of(experiment, targets);
        says(experiment, comparisons);
        if (!targets.isEmpty()) {
            blocks.add(new Section.Text("%s: fitness to be reached%s: %s."
                    .formatted(
                            Words.capital(experiment.title()),
                            own ? ", taken from what these runs reached in the end" : "",
                            targets.stream().map(Target::text).collect(Collectors.joining(", ")))));
        }
        FitnessCharts fitness = new FitnessCharts(charts, experiment);
        blocks.addAll(fitness.figures());
        fitness.addTo(curves);
        if (experiment.workerCounts().size() > 1) {
            blocks.add(charts.perRun(
                    "best-fitness",
                    experiment,
                    "Best fitness in the end",
                    "best fitness",
                    run -> run.fitness().last(),
                    "What each number of workers found; lower is better. " + Words.repeats(experiment)));
        }
        rows(experiment, comparisons);
        for (int i = 0; i < targets.size(); i++) {
            target(experiment, targets.get(i), i + 1);
        }
    }

    /** Of the most workers that both modes had. */
    private void says(Experiment experiment, List<ModeComparison> comparisons) {
        int most = comparisons.stream().mapToInt(ModeComparison::workers).max().orElse(0);
        for (ModeComparison c : comparisons) {
            boolean said =
                    c.measure().equals("time_s") ? c.at().equals("equal evaluations") : c.at().equals("equal time");
            if (c.workers() == most && said) {
                blocks.add(new Section.Text("%s, %s: %s: sync %s, async %s%s."
                        .formatted(
                                Words.capital(experiment.title()),
                                Words.count(most, "worker"),
                                what(c),
                                Words.spread(c.sync()),
                                Words.spread(c.async()),
                                Double.isNaN(c.p())
                                        ? ""
                                        : " (p = %s, %d and %d runs)"
                                                .formatted(
                                                        Numbers.text(c.p()),
                                                        c.sync().n(),
                                                        c.async().n()))));
            }
        }
    }

    private static String what(ModeComparison c) {
        return switch (c.measure()) {
            case "time_s" -> "seconds for the first %s evaluations".formatted(Numbers.text(c.level()));
            case "evaluations" -> "evaluations in the first %s s".formatted(Numbers.text(c.level()));
            case ModeComparison.ACCURACY -> "accuracy of the best after %s s".formatted(Numbers.text(c.level()));
            default -> "best fitness after %s s".formatted(Numbers.text(c.level()));
        };
    }

    private void rows(Experiment experiment, List<ModeComparison> comparisons) {
        for (ModeComparison c : comparisons) {
            modes.add(
                    experiment.id(),
                    c.workers(),
                    c.at(),
                    c.level(),
                    c.measure(),
                    c.sync().n(),
                    c.sync(),
                    c.async().n(),
                    c.async(),
                    c.ratio(),
                    c.p());
        }
    }

    private void target(Experiment experiment, Target target, int number) {
        String title = "Time to fitness " + Numbers.text(target.fitness());
        XyChart chart = charts.overWorkers(experiment, title, "seconds", 10);
        List<String> fewer = new ArrayList<>();
        boolean any = false;
        for (String mode : experiment.modes()) {
            List<Charts.Point> points = new ArrayList<>();
            for (int workers : experiment.workerCounts(mode)) {
                TimeToTarget t = TimeToTarget.of(experiment.timed(mode, workers), target);
                points.add(new Charts.Point(workers, t.seconds()));
                any |= Double.isFinite(t.seconds().median());
                if (t.reached() < t.seconds().n()) {
                    fewer.add("%d of %d (%s, %s)"
                            .formatted(t.reached(), t.seconds().n(), mode, Words.count(workers, "worker")));
                }
                times.add(
                        experiment.id(),
                        target.name(),
                        target.fitness(),
                        mode,
                        workers,
                        t.seconds().n(),
                        t.reached(),
                        t.seconds(),
                        t.evaluations().median(),
                        t.expected());
            }
            charts.line(chart, experiment, mode, points);
        }
        if (any && experiment.workerCounts().size() > 1) {
            blocks.add(targetFigure(experiment, target, number, chart, fewer));
        }
    }

    private Figure targetFigure(Experiment experiment, Target target, int number, XyChart chart, List<String> fewer) {
        return chart.figure(
                charts.name("time-to-target-" + number, experiment),
                "Seconds from the first dispatch until the best fitness was %s or lower. %s %s"
                        .formatted(
                                target.text(),
                                fewer.isEmpty()
                                        ? "All runs reached it."
                                        : "It was reached by all but here: %s. Where half or more did not there is no point, and no"
                                                        .formatted(String.join(", ", fewer))
                                                + " upper end of the bar where any did not.",
                                Words.repeats(experiment)));
    }

    private void tables() {
        if (!modes.isEmpty()) {
            blocks.add(modes.table(
                    "Synchronous against asynchronous runs of as many workers: medians, smallest and largest."
                            + " Equal evaluations: as many as the run with the fewest had; equal time: as long as the shortest run took;"
                            + " else until a target, where a median is infinite if half of the runs or more never reached it."
                            + " sync_over_async is the ratio of the medians. p is the exact two-sided rank test of"
                            + " Wilcoxon, Mann and Whitney, without any correction for the number of rows; there is none with fewer"
                            + " than 3 runs of a mode, and with 3 of each it cannot be below 0.1."));
        }
        blocks.add(
                times.table("Seconds from the first dispatch until the best fitness was the target or lower. Runs that"
                        + " never reached it count as longer than any other: the median, time_s, is infinite where they are"
                        + " half of the runs or more. expected_s is the time that all runs spent on it, those in vain too,"
                        + " divided by the number that reached it."));
        blocks.add(FitnessCharts.table(curves));
    }
}

package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aevo.report.Section;

/** What either mode brings for the same evaluations, for the same time, and until a target. */
final class ModesSection {
    private ModesSection() {}

    /**
     * @param targets none for those that come from the runs
     */
    static Optional<Section> of(List<Experiment> all, List<Target> targets) {
        List<Experiment> experiments =
                all.stream().filter(e -> !e.workerCounts().isEmpty()).toList();
        if (experiments.isEmpty()) {
            return Optional.empty();
        }
        List<Section.Block> blocks = new ArrayList<>();
        Map<Experiment, List<Target>> chosen = new LinkedHashMap<>();
        for (Experiment experiment : experiments) {
            List<Target> own = targets.isEmpty()
                    ? TimeToTarget.ownTargets(
                            experiment.runs().stream().filter(Measured::timed).toList())
                    : targets;
            chosen.put(experiment, own);
            blocks.add(new Section.Text("Targets of %s%s: %s."
                    .formatted(
                            experiment.id(),
                            targets.isEmpty() ? ", taken from the final fitness of its own runs" : "",
                            own.stream()
                                    .map(t -> "%s (%s)".formatted(Words.number(t.fitness()), t.name()))
                                    .collect(Collectors.joining(", ")))));
        }
        Rows modes = new Rows(
                "modes",
                "experiment workers equal level measure sync_runs sync sync_min sync_max async_runs async async_min async_max"
                        + " sync_over_async p");
        Rows times = new Rows(
                "time-to-target",
                "experiment target fitness mode workers runs reached time_s time_s_min time_s_max evaluations expected_s");
        chosen.forEach((experiment, own) -> {
            for (ModeComparison c : ModeComparison.of(experiment, own)) {
                modes.add(
                        experiment.id(),
                        c.workers(),
                        c.at(),
                        c.level(),
                        c.measure(),
                        c.sync().n(),
                        finite(c.sync()),
                        c.async().n(),
                        finite(c.async()),
                        c.ratio(),
                        c.p());
            }
            for (Target target : own) {
                for (String mode : experiment.modes()) {
                    for (int workers : experiment.workerCounts(mode)) {
                        TimeToTarget t = TimeToTarget.of(experiment.timed(mode, workers), target);
                        times.add(
                                experiment.id(),
                                target.name(),
                                target.fitness(),
                                mode,
                                workers,
                                t.seconds().n(),
                                t.reached(),
                                finite(t.seconds()),
                                finite(t.evaluations()).median(),
                                finite(t.expected()));
                    }
                }
            }
        });
        if (!modes.isEmpty()) {
            blocks.add(
                    modes.table("Synchronous against asynchronous runs of as many workers. Equal evaluations: as many"
                            + " as the run with the fewest had; equal time: as long as the shortest run took; else until a target."
                            + " sync_over_async is the ratio of the medians. p is the exact two-sided rank test of Wilcoxon, Mann and"
                            + " Whitney, without any correction for the number of rows; it is missing with fewer than 3 runs"
                            + " of a mode, and with 3 of each it cannot be below 0.1. Missing times: half of the runs or more"
                            + " never reached the target."));
        }
        blocks.add(
                times.table("Seconds from the first dispatch until the best fitness was the target or lower. Runs that"
                        + " never reached it count as longer than any other, so that a time is missing where they are"
                        + " half of the runs or more (time_s) or any at all (time_s_max). expected_s is the time that all runs"
                        + " spent on it divided by the number that reached it."));
        return Optional.of(new Section("modes", "Synchronous against asynchronous", blocks));
    }

    /** A table has no infinity: what was never reached is missing. */
    private static Spread finite(Spread spread) {
        return new Spread(spread.n(), finite(spread.min()), finite(spread.median()), finite(spread.max()));
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }
}

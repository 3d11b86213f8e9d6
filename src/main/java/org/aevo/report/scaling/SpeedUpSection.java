package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.report.Figure;
import org.aevo.report.Section;
import org.aevo.report.XyChart;
import org.aevo.report.scaling.Experiment.Kind;
import org.aevo.stat.Spread;

/** How much faster more workers are. */
final class SpeedUpSection {
    private final Charts charts;
    private final List<Section.Block> blocks = new ArrayList<>();
    private final Rows rows = new Rows(
            "speedup",
            "experiment mode workers runs speedup speedup_min speedup_max efficiency efficiency_min efficiency_max"
                    + " utilisation_ratio work_ratio wall_s wall_s_min wall_s_max evaluations_per_hour base_workers paired");

    private SpeedUpSection(Charts charts) {
        this.charts = charts;
    }

    static Optional<Section> of(List<Experiment> all, Charts charts) {
        List<Experiment> experiments = all.stream().filter(Experiment::scales).toList();
        if (experiments.isEmpty()) {
            return Optional.empty();
        }
        SpeedUpSection section = new SpeedUpSection(charts);
        section.write(experiments);
        return Optional.of(new Section("speed-up", "Speed-up and efficiency", section.blocks));
    }

    private void write(List<Experiment> experiments) {
        blocks.add(new Section.Text("Speed-up is how many times as fast evaluations come as with one worker of the same"
                + " mode: S(W) = r(W) / r(1), where r is evaluations per second from the first dispatch to the last"
                + " arrival. Where evaluations are equal that is T(1) / T(W). Efficiency is S(W) / W; where"
                + " evaluations per worker are equal that is T(1) / T(W). Each run is compared with the run of the"
                + " same seed with the fewest workers; where there is none, with the median of those."));
        for (Experiment experiment : experiments) {
            for (String mode : experiment.modes()) {
                says(experiment, mode, SpeedUp.of(experiment, mode));
            }
            figures(experiment);
        }
        blocks.add(
                rows.table("Speed-up and efficiency: medians, smallest and largest of the repeats. paired: how many of"
                        + " the runs were compared with one of the same seed. The efficiency of each run is the product of two"
                        + " ratios to the fewest workers: utilisation_ratio, how well workers were used, and work_ratio, how short"
                        + " an evaluation kept a worker busy. A work_ratio away from 1 is not the scheduler's doing: the search"
                        + " went other ways, or workers slowed each other down."));
    }

    private void says(Experiment experiment, String mode, List<SpeedUp> points) {
        for (SpeedUp s : points) {
            rows.add(
                    experiment.id(),
                    mode,
                    s.workers(),
                    s.wall().n(),
                    s.speedUp(),
                    s.efficiency(),
                    s.utilisationRatio().median(),
                    s.workRatio().median(),
                    s.wall(),
                    s.rate().median() * 3600,
                    s.base(),
                    s.paired());
        }
        if (points.size() < 2) {
            return;
        }
        SpeedUp last = points.get(points.size() - 1);
        if (last.base() > 1) {
            blocks.add(new Section.Warning(
                    "%s, %s: there is no complete run with 1 worker. Speed-ups are relative to %d workers, counted as %d."
                            .formatted(experiment.title(), mode, last.base(), last.base())));
        }
        String measure = experiment.kind() == Kind.STRONG
                ? "speed-up %s, efficiency %s".formatted(Words.spread(last.speedUp()), Words.spread(last.efficiency()))
                : "efficiency " + Words.spread(last.efficiency());
        blocks.add(new Section.Text(
                "%s, %s, %d workers: %s.".formatted(Words.capital(experiment.title()), mode, last.workers(), measure)));
    }

    private void figures(Experiment experiment) {
        String spread = " " + Words.repeats(experiment);
        if (experiment.kind() == Kind.STRONG) {
            XyChart chart = charts.overWorkers(experiment, "Speed-up", "speed-up", 2);
            Charts.ideal(chart, "ideal", experiment, w -> w);
            blocks.add(lines(
                    chart,
                    "speedup",
                    experiment,
                    SpeedUp::speedUp,
                    "How many times as fast as one worker of the same mode; on the dashed line each worker adds as much as"
                            + " the first." + spread));
        }
        String what =
                switch (experiment.kind()) {
                    case STRONG -> "Speed-up divided by workers";
                    case WEAK -> "The time for as many evaluations per worker, T(1) / T(W)";
                    default -> "Evaluations per second and worker, divided by those of one worker";
                };
        XyChart efficiency = charts.overWorkers(experiment, "Efficiency", "efficiency", 0);
        Charts.ideal(efficiency, "ideal", experiment, w -> 1);
        double highest = experiment.modes().stream()
                .flatMap(mode -> SpeedUp.of(experiment, mode).stream())
                .mapToDouble(s -> s.efficiency().max())
                .max()
                .orElse(1);
        efficiency.yRange(0, Math.max(1.1, 1.05 * highest));
        blocks.add(lines(efficiency, "efficiency", experiment, SpeedUp::efficiency, what + "; 1 is ideal." + spread));
        XyChart throughput = charts.overWorkers(experiment, "Throughput", "evaluations per hour", 10);
        blocks.add(lines(
                throughput,
                "throughput",
                experiment,
                s -> s.rate().times(3600),
                "Evaluations per hour from the first dispatch to the last arrival: unlike speed-up it compares the modes with"
                        + " each other." + spread));
    }

    private Figure lines(
            XyChart chart, String topic, Experiment experiment, Function<SpeedUp, Spread> number, String caption) {
        for (String mode : experiment.modes()) {
            List<Charts.Point> points = SpeedUp.of(experiment, mode).stream()
                    .map(s -> new Charts.Point(s.workers(), number.apply(s)))
                    .toList();
            charts.line(chart, experiment, mode, points);
        }
        return chart.figure(charts.name(topic, experiment), caption);
    }
}

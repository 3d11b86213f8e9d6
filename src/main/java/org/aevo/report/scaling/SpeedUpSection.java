package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.report.Section;
import org.aevo.report.scaling.Experiment.Kind;

/** How much faster more workers are. */
final class SpeedUpSection {
    private SpeedUpSection() {}

    static Optional<Section> of(List<Experiment> all) {
        List<Experiment> experiments = all.stream().filter(Experiment::scales).toList();
        if (experiments.isEmpty()) {
            return Optional.empty();
        }
        List<Section.Block> blocks = new ArrayList<>();
        blocks.add(new Section.Text("Speed-up is how many times as fast evaluations come as with one worker of the same"
                + " mode, S(W) = r(W) / r(1), r being evaluations per second from the first dispatch to the last"
                + " arrival; for equal evaluations that is T(1) / T(W). Efficiency is S(W) / W; for equal"
                + " evaluations per worker that is T(1) / T(W). Each run is compared with the run of the same seed with the"
                + " fewest workers, where there is one, else with the median of those. "
                + Words.repeats(experiments)));
        Rows rows = new Rows(
                "speedup",
                "experiment mode workers runs base_workers paired wall_s wall_s_min wall_s_max evaluations_per_hour speedup"
                        + " speedup_min speedup_max efficiency efficiency_min efficiency_max utilisation_ratio work_ratio");
        for (Experiment experiment : experiments) {
            for (String mode : experiment.modes()) {
                List<SpeedUp> points = SpeedUp.of(experiment, mode);
                for (SpeedUp s : points) {
                    rows.add(
                            experiment.id(),
                            mode,
                            s.workers(),
                            s.wall().n(),
                            s.base(),
                            s.paired(),
                            s.wall(),
                            s.rate().median() * 3600,
                            s.speedUp(),
                            s.efficiency(),
                            s.utilisationRatio().median(),
                            s.workRatio().median());
                }
                blocks.addAll(says(experiment, mode, points));
            }
        }
        blocks.add(
                rows.table("Speed-up and efficiency: medians, smallest and largest of the repeats. paired of the runs"
                        + " were compared with the run of the same seed. The efficiency of each run is the product of two ratios to the"
                        + " fewest workers: utilisation_ratio, how well workers were used, and work_ratio, how long an evaluation kept"
                        + " a worker (above 1: shorter than with the fewest workers). A work_ratio away from 1 is not the"
                        + " scheduler's doing: the search went other ways, or workers slowed each other down."));
        return Optional.of(new Section("speed-up", "Speed-up and efficiency", blocks));
    }

    private static List<Section.Block> says(Experiment experiment, String mode, List<SpeedUp> points) {
        List<Section.Block> blocks = new ArrayList<>();
        if (points.size() < 2) {
            return blocks;
        }
        SpeedUp last = points.get(points.size() - 1);
        if (last.base() > 1) {
            blocks.add(new Section.Warning(
                    "Experiment %s, %s: there is no complete run with 1 worker; speed-ups are relative to %d workers,"
                                    .formatted(experiment.id(), mode, last.base())
                            + " as if those were %d times as fast as one.".formatted(last.base())));
        }
        String measure = experiment.kind() == Kind.STRONG
                ? "speed-up %s, efficiency %s".formatted(Words.spread(last.speedUp()), Words.spread(last.efficiency()))
                : "efficiency " + Words.spread(last.efficiency());
        blocks.add(new Section.Text(
                "%s, %s, %d workers: %s.".formatted(experiment.title(), mode, last.workers(), measure)));
        return blocks;
    }
}

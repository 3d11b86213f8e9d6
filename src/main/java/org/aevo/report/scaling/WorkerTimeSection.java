package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.report.Section;
import org.aevo.report.run.BreakdownBars;
import org.aevo.stat.Spread;

/** Where the workers' time went. */
final class WorkerTimeSection {
    private WorkerTimeSection() {}

    static Optional<Section> of(List<Experiment> all, Charts charts) {
        List<Experiment> experiments =
                all.stream().filter(e -> !e.workerCounts().isEmpty()).toList();
        if (experiments.isEmpty()) {
            return Optional.empty();
        }
        List<Section.Block> blocks = new ArrayList<>();
        Rows rows = new Rows(
                "summary",
                "experiment mode workers runs utilisation utilisation_min utilisation_max busy barrier dispatch starting draining"
                        + " lost wall_s wall_s_min wall_s_max evaluations evaluations_per_hour work_per_evaluation_s"
                        + " best_fitness best_fitness_min best_fitness_max");
        blocks.add(new Section.Text(
                "All time of all workers between the first dispatch and the last arrival, parted by what"
                        + " they did. Bars are means over the repeats, for those add up to 1."));
        for (Experiment experiment : experiments) {
            List<BreakdownBars.Bar> bars = new ArrayList<>();
            for (String mode : experiment.modes()) {
                for (int workers : experiment.workerCounts(mode)) {
                    List<Measured> runs = experiment.timed(mode, workers);
                    Share share = Share.mean(runs);
                    bars.add(new BreakdownBars.Bar(mode + ", " + Words.count(workers, "worker"), share.accounting()));
                    rows.add(
                            experiment.id(),
                            mode,
                            workers,
                            runs.size(),
                            Spread.of(runs, Measured::utilisation),
                            share.busy(),
                            share.barrier(),
                            share.dispatch(),
                            share.starting(),
                            share.draining(),
                            share.lost(),
                            Spread.of(runs, Measured::wallSeconds),
                            Spread.of(runs, Measured::outcomes).median(),
                            Spread.of(runs, run -> run.rate() * 3600).median(),
                            Spread.of(runs, Measured::workPerEvaluation).median(),
                            Spread.of(runs, run -> run.fitness().last()));
                }
            }
            blocks.add(BreakdownBars.of(
                    charts.name("worker-time", experiment),
                    charts.title("Where the workers' time went", experiment),
                    "Shares that add up to 1. Busy is the utilisation; waiting at the barrier is what synchronous workers lose"
                            + " to the slowest of a generation; draining is idling after the last dispatch.",
                    bars));
        }
        blocks.add(rows.table("Each mode and number of workers. The shares, from busy to lost, are means over the"
                + " repeats, so that they add up to 1; all else are medians, with the smallest and the largest."));
        return Optional.of(new Section("worker-time", "Where the workers' time went", blocks));
    }
}

package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.aevo.report.Section;

/** Where the workers' time went. */
final class WorkerTimeSection {
    private WorkerTimeSection() {}

    static Optional<Section> of(List<Experiment> all) {
        List<Experiment> experiments =
                all.stream().filter(e -> !e.workerCounts().isEmpty()).toList();
        if (experiments.isEmpty()) {
            return Optional.empty();
        }
        List<Section.Block> blocks = new ArrayList<>();
        Rows rows = new Rows(
                "summary",
                "experiment mode workers runs wall_s wall_s_min wall_s_max evaluations evaluations_per_hour utilisation"
                        + " utilisation_min utilisation_max busy barrier dispatch starting draining lost work_per_evaluation_s"
                        + " best_fitness best_fitness_min best_fitness_max");
        for (Experiment experiment : experiments) {
            for (String mode : experiment.modes()) {
                for (int workers : experiment.workerCounts(mode)) {
                    List<Measured> runs = experiment.timed(mode, workers);
                    Share share = Share.mean(runs);
                    rows.add(
                            experiment.id(),
                            mode,
                            workers,
                            runs.size(),
                            spread(runs, Measured::wallSeconds),
                            spread(runs, Measured::outcomes).median(),
                            spread(runs, run -> run.rate() * 3600).median(),
                            spread(runs, Measured::utilisation),
                            share.busy(),
                            share.barrier(),
                            share.dispatch(),
                            share.starting(),
                            share.draining(),
                            share.lost(),
                            spread(runs, Measured::workPerEvaluation).median(),
                            spread(runs, run -> run.fitness().last()));
                }
            }
        }
        blocks.add(rows.table("Each mode and number of workers. The shares, from busy to lost, are means over the"
                + " repeats, so that they add up to 1; all else are medians, with the smallest and the largest."));
        return Optional.of(new Section("worker-time", "Where the workers' time went", blocks));
    }

    private static Spread spread(List<Measured> runs, ToDoubleFunction<Measured> number) {
        return Spread.of(runs.stream().mapToDouble(number).toArray());
    }
}

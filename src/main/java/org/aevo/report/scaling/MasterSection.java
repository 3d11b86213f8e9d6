package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.aevo.report.Section;

/** What more workers do to the master, and to the age of what it selects from. */
final class MasterSection {
    private static final double MICROS = 1e6;

    private MasterSection() {}

    static Optional<Section> of(List<Experiment> experiments) {
        Rows rows = new Rows(
                "master",
                "experiment mode workers runs load load_min load_max per_evaluation_us ask_us tell_us journal_us send_us"
                        + " messages_per_s mean_lag mean_lag_min mean_lag_max");
        for (Experiment experiment : experiments) {
            for (String mode : experiment.modes()) {
                for (int workers : experiment.workerCounts(mode)) {
                    List<Measured> runs = experiment.timed(mode, workers);
                    rows.add(
                            experiment.id(),
                            mode,
                            workers,
                            runs.size(),
                            spread(runs, Measured::masterLoad),
                            each(runs, Measured.Master::busy),
                            each(runs, Measured.Master::ask),
                            each(runs, Measured.Master::tell),
                            each(runs, Measured.Master::journal),
                            each(runs, Measured.Master::send),
                            spread(runs, run -> run.master().messages() / run.wallSeconds())
                                    .median(),
                            spread(runs, Measured::meanLag));
                }
            }
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        List<Section.Block> blocks = new ArrayList<>();
        blocks.add(rows.table("The master's loop, which all workers share: load is the share of the wall time in which"
                + " it was proposing, taking in, journaling or sending; near 1 it is what limits the speed. The"
                + " columns in µs are its time for each evaluation. mean_lag: how many other evaluations were taken in"
                + " between a candidate's birth and its own, on average; asynchronous workers that are always"
                + " busy make it workers - 1. Medians of the repeats."));
        return Optional.of(new Section("master-load", "The master and the selection lag", blocks));
    }

    private static double each(List<Measured> runs, ToDoubleFunction<Measured.Master> seconds) {
        return spread(runs, run -> seconds.applyAsDouble(run.master()) / run.outcomes() * MICROS)
                .median();
    }

    private static Spread spread(List<Measured> runs, ToDoubleFunction<Measured> number) {
        return Spread.of(runs.stream().mapToDouble(number).toArray());
    }
}

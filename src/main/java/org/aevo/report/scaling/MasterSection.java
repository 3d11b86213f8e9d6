package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.aevo.report.Figure;
import org.aevo.report.Section;
import org.aevo.report.XyChart;
import org.aevo.stat.Spread;

/** What more workers do to the master, and to the age of what it selects from. */
final class MasterSection {
    private static final double MICROS = 1e6;
    private static final String ASYNC = "async";

    private MasterSection() {}

    static Optional<Section> of(List<Experiment> experiments, Charts charts) {
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
                            Spread.of(runs, Measured::masterLoad),
                            each(runs, Measured.Master::busy),
                            each(runs, Measured.Master::ask),
                            each(runs, Measured.Master::tell),
                            each(runs, Measured.Master::journal),
                            each(runs, Measured.Master::send),
                            Spread.of(runs, run -> run.master().messages() / run.wallSeconds())
                                    .median(),
                            Spread.of(runs, Measured::meanLag));
                }
            }
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        List<Section.Block> blocks = new ArrayList<>();
        for (Experiment experiment : experiments) {
            if (experiment.workerCounts().size() > 1) {
                blocks.add(load(experiment, charts));
                if (experiment.workerCounts(ASYNC).size() > 1) {
                    blocks.add(lag(experiment, charts));
                }
            }
        }
        blocks.add(
                rows.table(
                        "The master's loop, which all workers share: load is the share of the wall time in which"
                                + " it did not wait for something to do; near 1 it is what limits the speed. The"
                                + " columns in µs are its time for each evaluation. mean_lag: how many other evaluations were taken in"
                                + " between a candidate's birth and its own, on average; asynchronous workers that are always"
                                + " busy make it workers - 1, and with a candidate in advance twice workers - 1. Medians of the repeats."));
        return Optional.of(new Section("master-load", "The master and the selection lag", blocks));
    }

    private static Figure load(Experiment experiment, Charts charts) {
        XyChart chart = charts.overWorkers(experiment, "Load of the master", "share of the wall time", 0)
                .yRange(0, Double.NaN);
        for (String mode : experiment.modes()) {
            charts.line(
                    chart,
                    experiment,
                    mode,
                    Charts.points(experiment, mode, runs -> Spread.of(runs, Measured::masterLoad)));
        }
        return chart.figure(
                charts.name("master-load", experiment),
                "The share of the wall time in which the master's loop, which all workers share, was at work; near 1"
                        + " more workers bring nothing. " + Words.repeats(experiment));
    }

    private static Figure lag(Experiment experiment, Charts charts) {
        XyChart chart = charts.overWorkers(experiment, "Selection lag of asynchronous runs", "evaluations", 2);
        int out = 1 + Integer.parseInt(experiment.runs().get(0).input().getOrDefault("cluster.prefetch", "0"));
        Charts.ideal(chart, (out == 1 ? "" : out + " ") + "workers - 1", experiment, w -> out * w - 1);
        charts.line(
                chart, experiment, ASYNC, Charts.points(experiment, ASYNC, runs -> Spread.of(runs, Measured::meanLag)));
        return chart.figure(
                charts.name("selection-lag", experiment),
                "How many other evaluations were taken in between the birth of a candidate and its own, on average of each run:"
                        + " the age of what selection knew. With W workers that are always busy it is W - 1 (with N"
                        + " candidates in advance (N + 1) W - 1), less what the end of the run cuts off. "
                        + Words.repeats(experiment));
    }

    private static double each(List<Measured> runs, ToDoubleFunction<Measured.Master> seconds) {
        return Spread.of(runs, run -> seconds.applyAsDouble(run.master()) / run.outcomes() * MICROS)
                .median();
    }
}

package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aevo.report.Figure;
import org.aevo.report.Numbers;
import org.aevo.report.Palette;
import org.aevo.report.Section;
import org.aevo.report.XyChart;
import org.aevo.report.scaling.Experiment.Kind;
import org.aevo.stat.Spread;

/**
 * How long workers of synchronous runs wait for the last of a generation, and why. Two quantities: the share of all of their
 * time at barriers, which {@link org.aevo.record.Accounting} defines for every place that names it, and the idle part of the
 * time that generations take, which durations alone can explain.
 */
final class BarrierSection {
    private static final String SYNC = "sync";

    private final Charts charts;
    private final List<Section.Block> blocks = new ArrayList<>();
    private final Rows rows = new Rows(
            "barrier-loss",
            "experiment workers runs generation duration_mean_s duration_cv barrier draining measured measured_min"
                    + " measured_max scheduled expected remainder");

    private BarrierSection(Charts charts) {
        this.charts = charts;
    }

    /** Runs of one number of workers, and what each lost. */
    private record Losses(int workers, List<Measured> runs, List<BarrierLoss> each) {
        Share share() {
            return Share.mean(runs);
        }

        double generation() {
            return Spread.of(runs.stream()
                            .flatMap(run -> run.generations().stream())
                            .mapToDouble(g -> g.length)
                            .toArray())
                    .median();
        }
    }

    static Optional<Section> of(List<Experiment> experiments, Charts charts) {
        BarrierSection section = new BarrierSection(charts);
        section.blocks.add(new Section.Text("A generation is over when its last evaluation is there; until then workers"
                + " that find nothing more to do wait: at the barrier, and after the last generation, which nothing follows,"
                + " draining. Both are shares of all of the workers' time, as everywhere. What durations can explain is another"
                + " quantity, idle in generations: idle / (idle + busy) time, the last generation's included, time for starting, for"
                + " messages and with dead workers left out. With as many workers as candidates it is expected to be"
                + " 1 - mean / E[max] of the durations; with fewer it is that of handing each candidate to the worker that is"
                + " free first."));
        experiments.forEach(section::add);
        if (section.rows.isEmpty()) {
            return Optional.empty();
        }
        section.blocks.add(section.rows.table("barrier and draining: shares of all of the workers' time, means over the"
                + " repeats. All else of waiting is idle in generations, idle / (idle + busy) time of the workers."
                + " measured: waiting for the last evaluation of a generation, that after the last dispatch included."
                + " scheduled: what it would be if each generation's own durations were handed out at once to the worker"
                + " that is free first. expected: the same for durations drawn at random from all of the run."
                + " remainder = measured - scheduled: messages, the master, and dispatches that were repeated; below 0 where"
                + " workers came late. Where scheduled is below expected, durations within a generation are more alike than"
                + " in the whole run. Medians of the repeats. Resumed runs are left out, and of runs that time ended the last"
                + " generation."));
        return Optional.of(new Section("barrier", "Waiting for the last of a generation, and why", section.blocks));
    }

    private void add(Experiment experiment) {
        boolean cut = experiment.kind() != Kind.STRONG && experiment.kind() != Kind.WEAK;
        List<Losses> all = new ArrayList<>();
        for (int workers : experiment.workerCounts(SYNC)) {
            List<Measured> runs = experiment.timed(SYNC, workers).stream()
                    .filter(run -> run.generations().size() > (cut ? 1 : 0) && !run.resumed())
                    .toList();
            if (!runs.isEmpty()) {
                all.add(new Losses(
                        workers,
                        runs,
                        runs.stream().map(run -> BarrierLoss.of(run, cut)).toList()));
            }
        }
        if (all.isEmpty()) {
            return;
        }
        all.forEach(losses -> row(experiment, losses));
        Losses most = all.get(all.size() - 1);
        blocks.add(new Section.Text(
                "%s, %s, generations of %s: waiting at the barrier took %s of the workers' time, draining %s. Idle in generations were %s; the durations alone make it %s, durations drawn at random %s."
                        .formatted(
                                Words.capital(experiment.title()),
                                Words.count(most.workers(), "worker"),
                                Numbers.text(most.generation()),
                                Numbers.percent(most.share().barrier()),
                                Numbers.percent(most.share().draining()),
                                Numbers.percent(Spread.of(most.each(), BarrierLoss::measured)
                                        .median()),
                                Numbers.percent(Spread.of(most.each(), BarrierLoss::scheduled)
                                        .median()),
                                Numbers.percent(Spread.of(most.each(), BarrierLoss::expected)
                                        .median()))));
        if (all.size() > 1) {
            blocks.add(figure(experiment, all));
        }
    }

    private void row(Experiment experiment, Losses losses) {
        double[] durations = losses.runs().stream()
                .flatMapToDouble(run -> Arrays.stream(run.durations()))
                .toArray();
        double mean = Arrays.stream(durations).average().orElse(Double.NaN);
        double variance = Arrays.stream(durations)
                .map(d -> (d - mean) * (d - mean))
                .average()
                .orElse(Double.NaN);
        rows.add(
                experiment.id(),
                losses.workers(),
                losses.runs().size(),
                losses.generation(),
                mean,
                Math.sqrt(variance) / mean,
                losses.share().barrier(),
                losses.share().draining(),
                Spread.of(losses.each(), BarrierLoss::measured),
                Spread.of(losses.each(), BarrierLoss::scheduled).median(),
                Spread.of(losses.each(), BarrierLoss::expected).median(),
                Spread.of(losses.each(), BarrierLoss::remainder).median());
    }

    private Figure figure(Experiment experiment, List<Losses> all) {
        XyChart chart = charts.overWorkers(experiment, "Idle in generations", "share of idle and busy time", 0)
                .yRange(0, Double.NaN);
        Charts.line(
                chart,
                "expected of random durations",
                all.stream()
                        .map(l -> new Charts.Point(l.workers(), Spread.of(l.each(), BarrierLoss::expected)))
                        .toList(),
                1,
                Palette.BLACK,
                2);
        Charts.line(
                chart,
                "scheduled: own durations",
                all.stream()
                        .map(l -> new Charts.Point(l.workers(), Spread.of(l.each(), BarrierLoss::scheduled)))
                        .toList(),
                1,
                Palette.ORANGE,
                3);
        Charts.line(
                chart,
                "measured",
                all.stream()
                        .map(l -> new Charts.Point(l.workers(), Spread.of(l.each(), BarrierLoss::measured)))
                        .toList(),
                1,
                Palette.mode(SYNC),
                Charts.style(SYNC));
        return chart.figure(
                charts.name("barrier-loss", experiment),
                "Idle / (idle + busy) time of synchronous workers within generations, the last one's end included. Measured above"
                        + " scheduled is what messages and the master add; scheduled is what the durations alone explain. "
                        + Words.repeats(experiment));
    }
}

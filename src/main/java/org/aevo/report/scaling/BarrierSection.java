package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.aevo.report.Section;
import org.aevo.report.scaling.Experiment.Kind;

/** What the barrier of synchronous runs costs, and why. */
final class BarrierSection {
    private BarrierSection() {}

    static Optional<Section> of(List<Experiment> experiments) {
        List<Section.Block> blocks = new ArrayList<>();
        Rows rows = new Rows(
                "barrier-loss",
                "experiment workers runs generation duration_mean_s duration_cv measured measured_min measured_max scheduled"
                        + " expected remainder");
        for (Experiment experiment : experiments) {
            boolean cut = experiment.kind() != Kind.STRONG && experiment.kind() != Kind.WEAK;
            for (int workers : experiment.workerCounts("sync")) {
                List<Measured> runs = experiment.timed("sync", workers).stream()
                        .filter(run -> run.generations().size() > (cut ? 1 : 0) && !run.resumed())
                        .toList();
                if (runs.isEmpty()) {
                    continue;
                }
                List<BarrierLoss> losses =
                        runs.stream().map(run -> BarrierLoss.of(run, cut)).toList();
                double[] durations = runs.stream()
                        .flatMapToDouble(run -> Arrays.stream(run.durations()))
                        .toArray();
                Spread measured = spread(losses, BarrierLoss::measured);
                Spread scheduled = spread(losses, BarrierLoss::scheduled);
                Spread expected = spread(losses, BarrierLoss::expected);
                Spread remainder = spread(losses, BarrierLoss::remainder);
                double size = Spread.of(runs.stream()
                                .flatMapToDouble(
                                        run -> run.generations().stream().mapToDouble(g -> g.length))
                                .toArray())
                        .median();
                rows.add(
                        experiment.id(),
                        workers,
                        runs.size(),
                        size,
                        mean(durations),
                        deviation(durations) / mean(durations),
                        measured,
                        scheduled.median(),
                        expected.median(),
                        remainder.median());
                blocks.add(new Section.Text(String.format(
                        Locale.ROOT,
                        "%s, %d workers, generations of %s: %.1f %% of the workers' time was lost at the barrier; the durations"
                                + " alone make it %.1f %%, durations drawn at random %.1f %%.",
                        experiment.title(),
                        workers,
                        Words.number(size),
                        100 * measured.median(),
                        100 * scheduled.median(),
                        100 * expected.median())));
            }
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        blocks.add(
                rows.table("The loss of the barrier, as idle / (idle + busy) time of the workers. measured: waiting for"
                        + " the last evaluation of a generation, that after the last dispatch included. scheduled: what it"
                        + " would be if each generation's own durations were handed out at once to the worker that is free"
                        + " first. expected: the same for durations drawn at random from all of the run; with as many workers as"
                        + " candidates it is 1 - mean / E[max]. remainder = measured - scheduled: messages, the master, and"
                        + " dispatches that were repeated; below 0 where workers came late. Where time ended the runs their last"
                        + " generation is left out. scheduled below expected: durations within a generation are more alike"
                        + " than in the whole run. Medians of the repeats; resumed runs are left out."));
        return Optional.of(new Section("barrier", "What the barrier costs, and why", blocks));
    }

    private static Spread spread(List<BarrierLoss> losses, ToDoubleFunction<BarrierLoss> number) {
        return Spread.of(losses.stream().mapToDouble(number).toArray());
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(Double.NaN));
    }
}

package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.aevo.stat.Spread;

/**
 * Synchronous against asynchronous runs of the same number of workers in one respect.
 *
 * @param at what is equal: {@code equal evaluations}, {@code equal time}, or the name of a target
 * @param level how much of it: evaluations, seconds, or fitness
 * @param measure what is compared: {@code best_fitness}, {@code evaluations}, {@code time_s}, and of classifiers
 *     {@code best_accuracy}: that of the best
 * @param ratio median of sync divided by that of async; NaN where one of them has none
 * @param p of {@link RankTest}; NaN where there are too few
 */
record ModeComparison(
        int workers, String at, double level, String measure, Spread sync, Spread async, double ratio, double p) {
    private static final String SYNC = "sync";
    private static final String ASYNC = "async";
    static final String ACCURACY = "best_accuracy";

    /** All comparisons of an experiment, by workers. */
    static List<ModeComparison> of(Experiment experiment, List<Target> targets) {
        List<ModeComparison> all = new ArrayList<>();
        for (int workers : experiment.workerCounts()) {
            Pair pair = new Pair(workers, experiment.timed(SYNC, workers), experiment.timed(ASYNC, workers));
            if (pair.sync.isEmpty() || pair.async.isEmpty()) {
                continue;
            }
            double evaluations = pair.least(run -> run.fitness().evaluations());
            double seconds = pair.least(Measured::wallSeconds);
            all.add(pair.compare("equal evaluations", evaluations, "time_s", run -> run.fitness()
                    .seconds()[(int) evaluations - 1]));
            all.add(pair.compare("equal evaluations", evaluations, "best_fitness", run -> run.fitness()
                    .afterEvaluations((long) evaluations)));
            all.add(pair.compare(
                    "equal time", seconds, "evaluations", run -> run.fitness().evaluationsAt(seconds)));
            all.add(pair.compare(
                    "equal time", seconds, "best_fitness", run -> run.fitness().at(seconds)));
            if (experiment.runs().stream().anyMatch(Measured::classifies)) {
                all.add(pair.compare("equal evaluations", evaluations, ACCURACY, run -> run.fitness()
                        .accuracyAfter((long) evaluations)));
                all.add(pair.compare(
                        "equal time", seconds, ACCURACY, run -> run.fitness().accuracyAt(seconds)));
            }
            for (Target target : targets) {
                all.add(pair.compare(target.name(), target.fitness(), "time_s", run -> run.fitness()
                        .secondsTo(target.fitness())));
            }
        }
        return all;
    }

    private record Pair(int workers, List<Measured> sync, List<Measured> async) {
        double least(ToDoubleFunction<Measured> number) {
            return Stream.concat(sync.stream(), async.stream())
                    .mapToDouble(number)
                    .min()
                    .orElseThrow();
        }

        ModeComparison compare(String at, double level, String measure, ToDoubleFunction<Measured> number) {
            double[] a = sync.stream().mapToDouble(number).toArray();
            double[] b = async.stream().mapToDouble(number).toArray();
            Spread first = Spread.of(a);
            Spread second = Spread.of(b);
            boolean both = Double.isFinite(first.median()) && Double.isFinite(second.median());
            return new ModeComparison(
                    workers,
                    at,
                    level,
                    measure,
                    first,
                    second,
                    both ? first.median() / second.median() : Double.NaN,
                    RankTest.p(a, b));
        }
    }
}

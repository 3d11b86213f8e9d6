package org.aevo.report.scaling;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.aevo.record.Accounting;
import org.aevo.record.RunData;
import org.aevo.record.RunTable;
import org.aevo.search.Figure;
import org.aevo.search.StrategyKind;

/**
 * What one run contributes to a comparison.
 *
 * @param source the run's directory, or its file
 * @param workers places for workers when it was started
 * @param sizes places in each of its sessions; more than one where it was resumed
 * @param input keys of its effective input
 * @param outcomes candidates that were evaluated, whatever came of it: what the budget counts
 * @param accounting empty before the first arrival
 * @param generations durations in seconds of each generation, in the order asked; empty without a barrier
 * @param meanLag mean selection lag of the evaluations taken in; NaN if there are none
 * @param master what the master itself did
 */
record Measured(
        Path source,
        String mode,
        String strategy,
        long seed,
        int workers,
        List<Integer> sizes,
        boolean complete,
        boolean simulated,
        Instant start,
        Map<String, String> input,
        Machine machine,
        long outcomes,
        Optional<Accounting> accounting,
        FitnessCurve fitness,
        List<double[]> generations,
        double meanLag,
        Master master) {

    /**
     * Where it ran, and what ran.
     *
     * @param program version, commit and Java
     */
    record Machine(SortedSet<String> hosts, SortedSet<String> devices, String program) {}

    /**
     * The master's own work.
     *
     * @param ask seconds spent on proposing candidates; likewise for telling, journaling and sending
     * @param loop seconds of all that the loop does; NaN in files of older programs
     */
    record Master(double ask, double tell, double journal, double send, double loop, long messages) {
        /** Seconds that the loop, which all workers share, was at work; of an older program its parts, as far as known. */
        double busy() {
            return Double.isNaN(loop) ? ask + tell + journal + send : loop;
        }
    }

    static Measured of(RunData run) {
        RunData.About about = run.about();
        RunTable evaluations = run.evaluations();
        double[] arrived = Arrays.stream(evaluations.doubles("arrived_s"))
                .map(time -> time - run.firstDispatch())
                .toArray();
        Map<String, String> input = InputKeys.of(about.inputYaml());
        return new Measured(
                run.source(),
                about.mode(),
                about.strategy(),
                about.seed(),
                about.places(),
                Arrays.stream(run.sessions().longs("workers"))
                        .mapToObj(n -> (int) n)
                        .toList(),
                about.complete() && about.leftOut() == 0,
                about.simulated(),
                about.start(),
                input,
                machine(run),
                evaluations.rows(),
                run.accounting(),
                run.accounting().isEmpty()
                        ? FitnessCurve.of(new double[0], new double[0])
                        : curve(arrived, evaluations),
                StrategyKind.waitsForGenerations(about.mode(), about.strategy()) ? generations(run) : List.of(),
                mean(Arrays.stream(evaluations.longs("selection_lag"))
                        .filter(lag -> lag >= 0)
                        .toArray()),
                master(run.master()));
    }

    private static FitnessCurve curve(double[] arrived, RunTable evaluations) {
        double[] fitness = evaluations.doubles("fitness");
        String accuracy = Figure.ACCURACY.column();
        return evaluations.has(accuracy)
                ? FitnessCurve.of(arrived, fitness, evaluations.doubles(accuracy))
                : FitnessCurve.of(arrived, fitness);
    }

    /** Whether the best is a classifier whose accuracy is known. */
    boolean classifies() {
        return Double.isFinite(fitness.lastAccuracy());
    }

    /** Evaluations in a second, from the first dispatch to the last arrival; NaN before the first arrival. */
    double rate() {
        return accounting.map(a -> a.evaluations() / a.wallSeconds()).orElse(Double.NaN);
    }

    /** From the first dispatch to the last arrival; NaN before the first arrival. */
    double wallSeconds() {
        return accounting.map(Accounting::wallSeconds).orElse(Double.NaN);
    }

    /** Worker-seconds of evaluating for each evaluation. */
    double workPerEvaluation() {
        return accounting.map(a -> a.busy() / a.evaluations()).orElse(Double.NaN);
    }

    double utilisation() {
        return accounting.map(Accounting::utilisation).orElse(Double.NaN);
    }

    /** All durations of the generations. */
    double[] durations() {
        return generations.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** The share of the wall time that the master's loop was at work. */
    double masterLoad() {
        return master.busy() / wallSeconds();
    }

    /** Why this run is left out where wall times are compared. */
    Optional<String> whyNotTimed() {
        if (accounting.isEmpty()) {
            return Optional.of("nothing has arrived");
        }
        if (!complete) {
            return Optional.of("not complete");
        }
        if (sizes.stream().anyMatch(size -> size != workers)) {
            return Optional.of("resumed with another number of workers");
        }
        return Optional.empty();
    }

    boolean timed() {
        return whyNotTimed().isEmpty();
    }

    boolean resumed() {
        return sizes.size() > 1;
    }

    private static List<double[]> generations(RunData run) {
        RunTable evaluations = run.evaluations();
        long[] generation = evaluations.longs("generation");
        long[] worker = evaluations.longs("worker");
        double[] build = evaluations.doubles("build_s");
        double[] train = evaluations.doubles("train_s");
        double[] validate = evaluations.doubles("validate_s");
        Map<Long, List<Double>> durations = new TreeMap<>();
        for (int row = 0; row < evaluations.rows(); row++) {
            double duration = build[row] + train[row] + validate[row];
            // what was lost with its workers has no duration
            if (worker[row] >= 0 && duration >= 0) {
                durations
                        .computeIfAbsent(generation[row], g -> new ArrayList<>())
                        .add(duration);
            }
        }
        return durations.values().stream()
                .map(list -> list.stream().mapToDouble(Double::doubleValue).toArray())
                .toList();
    }

    private static Machine machine(RunData run) {
        RunData.About about = run.about();
        return new Machine(
                new TreeSet<>(List.of(run.workers().texts("host"))),
                new TreeSet<>(List.of(run.workers().texts("device"))),
                about.createdBy()
                        + (about.gitCommit().isEmpty()
                                ? ""
                                : " "
                                        + about.gitCommit()
                                                .substring(
                                                        0,
                                                        Math.min(
                                                                7,
                                                                about.gitCommit()
                                                                        .length())))
                        + ", Java " + about.javaVersion());
    }

    private static Master master(RunTable table) {
        return IntStream.range(0, table.rows())
                .mapToObj(row -> new Master(
                        table.doubles("ask_s")[row],
                        table.doubles("tell_s")[row],
                        table.doubles("journal_s")[row],
                        table.doubles("send_s")[row],
                        table.has("loop_s") ? table.doubles("loop_s")[row] : Double.NaN,
                        table.longs("messages")[row]))
                .reduce((first, last) -> last)
                .orElse(new Master(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0));
    }

    private static double mean(long[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}

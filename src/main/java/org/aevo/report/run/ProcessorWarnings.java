package org.aevo.report.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.aevo.host.Machine;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunData;
import org.aevo.record.RunHistory;
import org.aevo.record.RunTable;
import org.aevo.record.WorkerRow;
import org.aevo.report.Numbers;
import org.aevo.stat.Statistics;

/**
 * Whether workers that computed on processors got those that they thought they had: durations of a run that shared them
 * measure what else ran there. Nothing is said of simulated evaluations, of workers on GPUs, whose processors wait for
 * those, and of runs that did not record it.
 */
public final class ProcessorWarnings {
    /** Processor time counts to 10 ms: what took less than this says little. */
    private static final double SHORT_SECONDS = 0.5;

    /** Of one thread; a little is always the system's. */
    private static final double LEAST = 0.7;
    /** Of several, which wait for each other too. */
    private static final double LEAST_OF_SEVERAL = 0.5;

    private final List<Seat> seats = new ArrayList<>();
    private final Map<Long, Seat> seatOf = new HashMap<>();
    private final Map<Integer, List<Double>> shares = new TreeMap<>();

    /** A worker process, and what its host is. */
    private record Seat(String host, int rank, boolean computesOnCpu, int threads, Machine machine) {}

    private ProcessorWarnings() {}

    /** For people; mostly none. */
    public static List<String> of(RunHistory history) {
        ProcessorWarnings warnings = new ProcessorWarnings();
        for (WorkerRow w : history.workers()) {
            warnings.seat(
                    w.joined().worker(),
                    new Seat(
                            w.joined().host(),
                            w.joined().rank(),
                            onCpu(w.joined().device()),
                            w.joined().threads(),
                            w.joined().machine()));
        }
        for (long id = 0; id < history.asked(); id++) {
            Optional<EvaluationRow> row = history.evaluation(id);
            row.ifPresent(r -> warnings.evaluation(
                    r.worker(),
                    r.evaluation().effort().usage().cpuSeconds(),
                    r.evaluation().seconds()
                            * r.evaluation().effort().teamwork().ranks()));
        }
        return warnings.list();
    }

    /** The same of what analysis reads. */
    static List<String> of(RunData run) {
        RunTable workers = run.workers();
        RunTable evaluations = run.evaluations();
        if (!workers.has("threads") || !workers.has("affinity") || !evaluations.has("cpu_s")) {
            return List.of();
        }
        ProcessorWarnings warnings = new ProcessorWarnings();
        for (int i = 0; i < workers.rows(); i++) {
            Machine machine = new Machine(
                    workers.texts("cpu_model")[i],
                    (int) workers.longs("cores")[i],
                    workers.doubles("allowed_cores")[i],
                    workers.texts("affinity")[i],
                    workers.longs("memory_bytes")[i],
                    workers.longs("allowed_memory_bytes")[i],
                    workers.texts("kernel")[i],
                    workers.doubles("load")[i]);
            warnings.seat(
                    workers.longs("worker")[i],
                    new Seat(
                            workers.texts("host")[i],
                            (int) workers.longs("rank")[i],
                            onCpu(workers.texts("device")[i]),
                            (int) workers.longs("threads")[i],
                            machine));
        }
        double[] busy = new Evaluated(run).busy;
        for (int i = 0; i < busy.length; i++) {
            // the processor time of a team is that of all its members
            long ranks = evaluations.has("ranks") ? evaluations.longs("ranks")[i] : 1;
            warnings.evaluation(evaluations.longs("worker")[i], evaluations.doubles("cpu_s")[i], ranks * busy[i]);
        }
        return warnings.list();
    }

    /** An engine's device is {@code dl4j on cpu}, or names a GPU; simulated ones compute on neither. */
    private static boolean onCpu(String device) {
        return device.contains(" on cpu");
    }

    private void seat(long worker, Seat seat) {
        if (seat.computesOnCpu() && seat.threads() > 0) {
            seats.add(seat);
            seatOf.put(worker, seat);
        }
    }

    private void evaluation(long worker, double cpuSeconds, double busy) {
        Seat seat = seatOf.get(worker);
        if (seat != null && busy >= SHORT_SECONDS && cpuSeconds >= 0) {
            shares.computeIfAbsent(seat.threads(), threads -> new ArrayList<>())
                    .add(cpuSeconds / (busy * seat.threads()));
        }
    }

    private List<String> list() {
        List<String> warnings = new ArrayList<>();
        shares.forEach((threads, of) -> {
            double[] sorted = of.stream().mapToDouble(s -> s).sorted().toArray();
            double median = Statistics.quantile(sorted, 0.5);
            if (median < (threads == 1 ? LEAST : LEAST_OF_SEVERAL)) {
                warnings.add(
                        ("workers did not get the processors that they computed on: the median evaluation had %s of"
                                        + " the processor time of its %s (%d from %.1f s on)%s; durations and utilisation"
                                        + " measure what else ran there too")
                                .formatted(
                                        Numbers.percent(median),
                                        Numbers.count(threads, "thread"),
                                        sorted.length,
                                        SHORT_SECONDS,
                                        load()));
            }
        });
        new TreeSet<>(seats.stream().map(Seat::host).toList())
                .forEach(host -> crowd(host).ifPresent(warnings::add));
        return warnings;
    }

    private String load() {
        double[] loads = seats.stream()
                .mapToDouble(s -> s.machine().load())
                .filter(l -> l >= 0)
                .sorted()
                .toArray();
        int cores = seats.isEmpty() ? -1 : seats.get(0).machine().cores();
        return loads.length == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", with a load average of %s%s when they joined",
                        Numbers.text(loads[loads.length - 1]),
                        cores < 1 ? "" : " on " + Numbers.count(cores, "core"));
    }

    /** More threads at work on a host than its workers together may use processors. */
    private Optional<String> crowd(String host) {
        Map<Integer, Seat> byRank = new TreeMap<>();
        seats.stream().filter(s -> s.host().equals(host)).forEach(s -> byRank.put(s.rank(), s));
        List<Seat> there = List.copyOf(byRank.values());
        int threads = there.stream().mapToInt(Seat::threads).sum();
        double cores = together(there);
        return threads > cores
                ? Optional.of("%s on %s compute with %s on %s that they may use: they wait for each other"
                        .formatted(
                                Numbers.count(there.size(), "worker"),
                                host,
                                Numbers.count(threads, "thread"),
                                cores == 1 ? "1 processor" : Numbers.text(cores) + " processors"))
                : Optional.empty();
    }

    /** Workers of one mask share it, and its quota; those of different ones have all of them. */
    private static double together(List<Seat> there) {
        List<String> masks =
                there.stream().map(s -> s.machine().affinity()).distinct().toList();
        if (masks.size() == 1 || masks.contains("")) {
            return there.stream()
                    .mapToDouble(s -> s.machine().allowedCores())
                    .filter(n -> n > 0)
                    .max()
                    .orElse(Double.POSITIVE_INFINITY);
        }
        return masks.stream()
                .flatMapToInt(mask -> Arrays.stream(mask.split(",")).flatMapToInt(ProcessorWarnings::range))
                .distinct()
                .count();
    }

    private static IntStream range(String text) {
        if (!text.strip().matches("\\d{1,6}(-\\d{1,6})?")) {
            return IntStream.empty();
        }
        String[] ends = text.strip().split("-");
        return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
    }
}

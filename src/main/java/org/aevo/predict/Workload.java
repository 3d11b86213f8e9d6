package org.aevo.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.aevo.random.Seeds;
import org.aevo.record.EvaluationRow;
import org.aevo.record.LearntDuration;
import org.aevo.record.RunHistory;
import org.aevo.search.EvaluationStatus;

/**
 * What a run measured: its evaluations, how long messages took, what its master cost. Evaluations whose workers were lost are
 * not part of it. Immutable.
 */
public final class Workload {
    /** Below this, a prediction says little. */
    public static final int ENOUGH = 30;

    /** Part of the run from which {@link Draw#NEAR} draws. */
    private static final int WINDOWS = 5;

    /** Standard deviations of a rank correlation that count as drift. */
    private static final double DRIFT = 3;

    /** Keep these streams apart from those of candidates and evaluations. */
    private static final long WORK = 0x776f_726bL;

    private static final long MESSAGE = 0x6d65_7373L;

    private final Sample[] samples;
    private final double[] latencies;
    private final MasterModel master;
    private final int[] sorted;

    /**
     * An evaluation as it was measured.
     *
     * @param id of its candidate
     * @param seconds that the worker worked
     * @param fitness NaN if it has none
     * @param objectives of a run of several; else empty
     * @param expected duration by which it would have been sent before or after others, in any unit; 0 if unknown
     */
    public record Sample(
            long id,
            double seconds,
            EvaluationStatus status,
            double fitness,
            List<Double> objectives,
            double expected) {
        public Sample {
            objectives = List.copyOf(objectives);
        }

        /** One of a run of one objective. */
        public Sample(long id, double seconds, EvaluationStatus status, double fitness) {
            this(id, seconds, status, fitness, List.of(), 0);
        }
    }

    /**
     * @param samples at least one
     * @param latencies seconds from dispatch to arrival that were no work; none for messages that take no time
     */
    public Workload(List<Sample> samples, double[] latencies, MasterModel master) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("no evaluation was measured");
        }
        this.samples =
                samples.stream().sorted(Comparator.comparingLong(Sample::id)).toArray(Sample[]::new);
        this.latencies = latencies.clone();
        this.master = master;
        this.sorted = IntStream.range(0, this.samples.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> this.samples[i].seconds()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Durations alone, of candidates 0, 1, ..., which are as expected: messages take no time. */
    public static Workload of(double[] seconds, MasterModel master) {
        List<Sample> samples = IntStream.range(0, seconds.length)
                .mapToObj(
                        id -> new Sample(id, seconds[id], EvaluationStatus.OK, 1 + seconds[id], List.of(), seconds[id]))
                .toList();
        return new Workload(samples, new double[0], master);
    }

    /**
     * What a run measured so far; empty without an evaluation. The latencies are without those of a worker's first
     * evaluation, which loads code, and of candidates that were sent ahead, which waited for the work before them.
     */
    public static Optional<Workload> of(RunHistory history) {
        List<EvaluationRow> rows = LongStream.range(0, history.asked())
                .mapToObj(history::evaluation)
                .flatMap(Optional::stream)
                .filter(row -> row.evaluation().status() != EvaluationStatus.WORKER_LOST)
                .filter(row -> row.dispatched() <= row.arrived())
                .sorted(Comparator.comparingDouble(EvaluationRow::dispatched))
                .toList();
        LearntDuration learnt = new LearntDuration(history);
        List<Sample> samples = new ArrayList<>();
        List<Double> latencies = new ArrayList<>();
        List<Double> firsts = new ArrayList<>();
        Map<Long, Double> arrivals = new HashMap<>();
        for (EvaluationRow row : rows) {
            double seconds = row.evaluation().seconds();
            samples.add(new Sample(
                    row.candidate().id(),
                    seconds,
                    row.evaluation().status(),
                    row.evaluation().fitness(),
                    row.evaluation().score().objectives(),
                    learnt.of(row.candidate())));
            Optional<Double> before = Optional.ofNullable(arrivals.put(row.worker(), row.arrived()));
            double latency = Math.max(0, row.arrived() - row.dispatched() - seconds);
            if (before.isEmpty()) {
                firsts.add(latency);
            } else if (before.get() <= row.dispatched()) {
                latencies.add(latency);
            }
        }
        return samples.isEmpty()
                ? Optional.empty()
                : Optional.of(new Workload(
                        samples,
                        array(latencies.isEmpty() ? shortest(firsts) : latencies),
                        MasterModel.of(history.masterCosts())));
    }

    /** The one that has the least of what only a first evaluation takes. */
    private static List<Double> shortest(List<Double> firsts) {
        return firsts.stream().min(Comparator.naturalOrder()).stream().toList();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The same work under another master. */
    public Workload withMaster(MasterModel other) {
        return new Workload(List.of(samples), latencies, other);
    }

    /** The same evaluations, had they taken other times. */
    Workload withSeconds(ToDoubleFunction<Sample> seconds) {
        List<Sample> others = Arrays.stream(samples)
                .map(s -> new Sample(
                        s.id(), seconds.applyAsDouble(s), s.status(), s.fitness(), s.objectives(), s.expected()))
                .toList();
        return new Workload(others, latencies, master);
    }

    public MasterModel master() {
        return master;
    }

    /** Number of evaluations measured. */
    public int size() {
        return samples.length;
    }

    /** How long the evaluations took, in order of birth. */
    public double[] seconds() {
        return Arrays.stream(samples).mapToDouble(Sample::seconds).toArray();
    }

    public double meanSeconds() {
        return Arrays.stream(samples).mapToDouble(Sample::seconds).average().orElseThrow();
    }

    /** Standard deviation over mean. */
    public double variation() {
        double mean = meanSeconds();
        double square = Arrays.stream(samples)
                .mapToDouble(s -> (s.seconds() - mean) * (s.seconds() - mean))
                .average()
                .orElseThrow();
        return mean > 0 ? Math.sqrt(square) / mean : 0;
    }

    /** Mean seconds from dispatch to arrival that were no work. */
    public double meanLatency() {
        return Arrays.stream(latencies).average().orElse(0);
    }

    /**
     * How surely the durations grow (or shrink) with birth: Spearman's rank correlation in its standard deviations.
     */
    public double drift() {
        int n = samples.length;
        double[] rank = new double[n];
        for (int from = 0, to; from < n; from = to) {
            to = from + 1;
            while (to < n && samples[sorted[to]].seconds() == samples[sorted[from]].seconds()) {
                to++;
            }
            for (int i = from; i < to; i++) {
                rank[sorted[i]] = (from + to - 1) / 2.0;
            }
        }
        double middle = (n - 1) / 2.0;
        double together = 0;
        double birth = 0;
        double duration = 0;
        for (int i = 0; i < n; i++) {
            together += (i - middle) * (rank[i] - middle);
            birth += (i - middle) * (i - middle);
            duration += (rank[i] - middle) * (rank[i] - middle);
        }
        return duration > 0 ? together / Math.sqrt(birth * duration) * Math.sqrt(n - 1.0) : 0;
    }

    /**
     * How to draw: near where the durations drift, for then those of the beginning are not those of the end; from all
     * where they do not, for many tell more of rare long ones than few.
     */
    public Draw draw() {
        return samples.length >= WINDOWS * ENOUGH && Math.abs(drift()) > DRIFT ? Draw.NEAR : Draw.ALL;
    }

    /**
     * The measured evaluation that stands for a candidate: the same for the same seed and id, whatever the number of
     * workers, so that predictions differ by their workers and not by chance.
     */
    Sample sample(Draw draw, long seed, long id, long evaluations) {
        SplittableRandom random = new SplittableRandom(Seeds.of(seed ^ WORK, id));
        int n = samples.length;
        return switch (draw) {
            case ALL -> samples[random.nextInt(n)];
            case NEAR -> {
                int width = Math.min(n, Math.max(ENOUGH, n / WINDOWS));
                int middle = (int) ((id + 0.5) / evaluations * n);
                int from = Math.max(0, Math.min(n - width, middle - width / 2));
                yield samples[from + random.nextInt(width)];
            }
            case SAME -> {
                int at = find(id);
                yield samples[at >= 0 ? at : random.nextInt(n)];
            }
        };
    }

    private int find(long id) {
        int low = 0;
        int high = samples.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long there = samples[middle].id();
            if (there == id) {
                return middle;
            } else if (there < id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    double latency(long seed, long id) {
        int n = latencies.length;
        return n == 0 ? 0 : latencies[new SplittableRandom(Seeds.of(seed ^ MESSAGE, id)).nextInt(n)];
    }
}

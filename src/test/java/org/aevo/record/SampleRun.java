package org.aevo.record;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.aevo.genome.GenomeText;
import org.aevo.host.Machine;
import org.aevo.record.Entry.Arrived;
import org.aevo.record.Entry.Asked;
import org.aevo.record.Entry.DispatchLost;
import org.aevo.record.Entry.Dispatched;
import org.aevo.record.Entry.Inserted;
import org.aevo.record.Entry.MasterCosts;
import org.aevo.record.Entry.MasterHost;
import org.aevo.record.Entry.RunEnded;
import org.aevo.record.Entry.RunStarted;
import org.aevo.record.Entry.WorkerJoined;
import org.aevo.record.Entry.WorkerLeft;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Insertion;
import org.aevo.search.Score;
import org.aevo.search.Usage;

/** The entries of an invented run: late joiners, deaths, failures, curves, odd texts. */
final class SampleRun {
    static final String ODD_TEXT = "naïve \uD83E\uDD16 ошибка: loss → ∞ at step \"3\", 100 %\n\tsecond line";

    /** That resumes it. */
    static final Program PROGRAM = new Program("aevo 0.2.0", "feed123", "21.0.1");

    private static final int MEMBERS = 10;

    private final Random random;
    private final double deaths;
    private final List<Entry> entries = new ArrayList<>();
    private final Deque<Job> retries = new ArrayDeque<>();
    private long nextId;
    private long nextWorker;
    private double best = Double.NaN;

    private record Job(long id, int attempt, double from) {}

    private SampleRun(long seed, double deaths) {
        this.random = new Random(seed);
        this.deaths = deaths;
    }

    static RunStarted started(int workers) {
        return started(workers, "async");
    }

    static RunStarted started(int workers, String mode) {
        return new RunStarted(
                "größe",
                mode,
                "genetic",
                -42,
                Instant.parse("2026-02-03T04:05:06.789Z"),
                "aevo 0.1.0",
                "name: größe\n" + "# a long input\n".repeat(6000),
                "aevo run x.yaml",
                "0123abc",
                "17.0.15",
                Map.of("jhdf", "0.13.0", "dl4j", "1.0.0-M2.1"),
                Map.of("SLURM_JOB_ID", "77"),
                true,
                workers,
                "classify",
                "1 - macro-F1");
    }

    static List<Entry> entries(long seed, int evaluations, int workers, double deaths) {
        return new SampleRun(seed, deaths).make(evaluations, workers);
    }

    /** Of a run whose evaluations have objectives on a grid: some are equal, some failed. */
    static List<Entry> measured(int evaluations, Objectives objectives, int grid) {
        Random random = new Random(evaluations);
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : entries(7, evaluations, 3, 0.1)) {
            if (entry instanceof RunStarted s) {
                entries.add(started(s, objectives));
            } else if (entry instanceof Arrived a && a.evaluation().hasFitness()) {
                Evaluation measured = a.evaluation()
                        .with(random.ints(objectives.names().size(), 1, grid)
                                .mapToObj(value -> (double) value)
                                .toList());
                entries.add(new Arrived(measured, a.attempt(), a.worker(), a.waitSeconds(), a.time()));
            } else {
                entries.add(entry);
            }
        }
        return entries;
    }

    static RunStarted started(RunStarted s, Objectives objectives) {
        return new RunStarted(
                s.name(),
                s.mode(),
                s.strategy(),
                s.seed(),
                s.startUtc(),
                s.createdBy(),
                s.inputYaml(),
                s.commandLine(),
                s.gitCommit(),
                s.javaVersion(),
                s.libraries(),
                s.slurm(),
                s.simulated(),
                s.workers(),
                s.task(),
                s.fitness(),
                objectives);
    }

    static RunHistory history(List<Entry> entries) {
        RunHistory history = new RunHistory();
        entries.forEach(history::apply);
        return history;
    }

    private List<Entry> make(int evaluations, int workers) {
        double[] free = new double[workers];
        long[] number = new long[workers];
        for (int w = 0; w < workers; w++) {
            free[w] = random.nextDouble() * 5;
            number[w] = join(w + 1, free[w]);
        }
        for (int done = 0; done < evaluations; ) {
            int w = earliest(free);
            double now = free[w];
            Job job = !retries.isEmpty() && retries.peek().from() <= now ? retries.pop() : ask(now);
            int attempt = job.attempt();
            entries.add(new Dispatched(job.id(), attempt, number[w], now));
            if (random.nextDouble() < deaths && attempt < 3) {
                double dead = now + random.nextDouble();
                entries.add(new DispatchLost(job.id(), attempt, number[w], dead, ODD_TEXT));
                entries.add(new WorkerLeft(number[w], dead, true, "no heartbeat"));
                retries.add(new Job(job.id(), attempt + 1, dead));
                free[w] = dead + 1 + random.nextDouble();
                number[w] = join(w + 1, free[w]);
            } else {
                free[w] = arrive(job.id(), attempt, number[w], now) + random.nextDouble() * 0.02;
                done++;
            }
        }
        double end = latest(free) + 0.5;
        for (int w = 0; w < workers; w++) {
            entries.add(new WorkerLeft(number[w], end, false, "dismissed"));
        }
        entries.add(
                new MasterCosts(nextId, evaluations, 3L * evaluations, 1L << 40, 1, 2, 3, 4, 5, 9, 6, 7, 8, 8.5, end));
        entries.add(new RunEnded(end, true, "budget spent"));
        // what happened at one time keeps its order
        entries.sort(Comparator.comparingDouble(Entry::time));
        leave(entries);
        entries.add(0, started(workers));
        entries.add(1, new MasterHost("nöde0", machine(0), 0));
        return entries;
    }

    /** Has the oldest of a population of {@value #MEMBERS} leave for the next, and one in nine not stay. */
    private static void leave(List<Entry> entries) {
        Set<Long> failed = new HashSet<>();
        Deque<Long> members = new ArrayDeque<>();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof Arrived a && !a.evaluation().hasFitness()) {
                failed.add(a.evaluation().id());
            } else if (entries.get(i) instanceof Inserted e
                    && !failed.contains(e.insertion().id())) {
                Insertion in = e.insertion();
                members.addLast(in.id());
                List<Long> left = new ArrayList<>();
                if (in.id() % 9 == 0) {
                    left.add(members.removeLast());
                } else if (members.size() > MEMBERS) {
                    left.add(members.removeFirst());
                }
                Insertion told = new Insertion(in.id(), in.bestFitness(), in.meanFitness(), in.diversity(), left);
                entries.set(i, new Inserted(told, e.time()));
            }
        }
    }

    static Machine machine(int number) {
        return new Machine(
                "CPU ß" + number,
                64,
                1.5 + number,
                "0-" + number,
                1L << 40,
                1L << 33,
                "Linux 6." + number,
                number / 4.0);
    }

    private long join(int rank, double time) {
        long worker = nextWorker++;
        entries.add(new WorkerJoined(
                worker, rank, "nöde" + rank, "cpu", 1000 + worker, 0.5, time, 1 + rank, machine(rank)));
        return worker;
    }

    private Job ask(double time) {
        long id = nextId++;
        String text = "conv(%d,k3,s1,relu) dense(%d,tanh) | latent(16) | upsampling | adam(lr%s,batch64)"
                .formatted(1 + random.nextInt(64), 1 + random.nextInt(1000), 1e-4 + random.nextDouble());
        entries.add(new Asked(
                new Candidate(
                        id,
                        (int) id / 10,
                        id < 4 ? -1 : random.nextInt((int) id),
                        id < 4 ? -1 : random.nextInt((int) id),
                        id < 4 ? "random" : "crossover+mutate",
                        GenomeText.parse(text)),
                time));
        return new Job(id, 1, time);
    }

    private double arrive(long id, int attempt, long worker, double from) {
        Durations durations =
                new Durations(random.nextDouble() * 0.1, random.nextDouble() * 2, random.nextDouble() * 0.2);
        double time = from + durations.total() + random.nextDouble() * 0.01;
        Evaluation evaluation = random.nextInt(10) == 0
                ? Evaluation.failed(id, EvaluationStatus.of(1 + random.nextInt(6)), durations, ODD_TEXT + id)
                : trained(id, durations);
        if (id % 3 == 0) {
            entries.add(new Entry.EpochSeen(id, attempt, 1, 0.5, 0.25, 0.01, from));
            entries.add(new Entry.Judged(id, attempt, 2, 0.125 * id, id % 2 == 0, from));
        }
        entries.add(new Arrived(evaluation, attempt, worker, random.nextDouble(), time));
        if (evaluation.hasFitness() && !(evaluation.fitness() >= best)) {
            best = evaluation.fitness();
        }
        entries.add(new Inserted(new Insertion(id, best, Double.NaN, random.nextDouble()), time));
        return time;
    }

    private Evaluation trained(long id, Durations durations) {
        List<Evaluation.Epoch> curve = new ArrayList<>();
        for (int epoch = 1; epoch <= random.nextInt(5); epoch++) {
            curve.add(new Evaluation.Epoch(
                    1 + (int) id % 2 * epoch / 3,
                    epoch,
                    random.nextDouble(),
                    Double.NaN,
                    id % 4 == 0 ? Map.of() : Map.of(Figure.ACCURACY, 1.0 / epoch, Figure.CROSS_ENTROPY, id / 7.0),
                    epoch * 0.25));
        }
        double loss = random.nextDouble();
        return new Evaluation(
                id,
                EvaluationStatus.OK,
                new Score(loss, loss * 0.9, loss, figures()),
                new Effort(
                        durations,
                        curve.size(),
                        1000 * random.nextDouble(),
                        random.nextInt(1_000_000),
                        new Usage(durations.total() * 0.9, 3e8 + id, id % 2 == 0 ? Double.NaN : 1e9)),
                curve,
                "");
    }

    /** Some of them, or none. */
    private Map<Figure, Double> figures() {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.ofNetworks()) {
            if (random.nextInt(3) == 0) {
                figures.put(figure, random.nextDouble());
            }
        }
        return figures;
    }

    private static int earliest(double[] free) {
        int min = 0;
        for (int w = 1; w < free.length; w++) {
            min = free[w] < free[min] ? w : min;
        }
        return min;
    }

    private static double latest(double[] free) {
        double max = 0;
        for (double f : free) {
            max = Math.max(max, f);
        }
        return max;
    }
}

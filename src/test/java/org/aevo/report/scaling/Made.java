package org.aevo.report.scaling;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aevo.record.Accounting;

/** Runs made by hand: all workers there from 0 to the wall time. */
final class Made {
    private final Map<String, String> input = new TreeMap<>(Map.of("data.train", "2000", "cluster.workers", "1"));
    private Path directory = Path.of("/bench");
    private final String mode;
    private final int workers;
    private final long seed;
    private long evaluations = 100;
    private double wall = 100;
    private double busyShare = 1;
    private double barrierShare;
    private double drainingShare;
    private boolean complete = true;
    private boolean simulated;
    private List<Integer> sizes;
    private String device = "cpu";
    private double[] fitness = {0.5};
    private Optional<double[]> accuracy = Optional.empty();
    private List<double[]> generations = List.of();
    private int second;

    private Made(String mode, int workers, long seed) {
        this.mode = mode;
        this.workers = workers;
        this.seed = seed;
        this.sizes = List.of(workers);
        second = (int) (1000 * seed + 2 * workers + mode.length());
    }

    static Made run(String mode, int workers, long seed) {
        return new Made(mode, workers, seed).key("budget.evaluations", "100");
    }

    Made in(String parent) {
        directory = Path.of(parent);
        return this;
    }

    Made key(String path, String value) {
        input.put(path, value);
        return this;
    }

    Made evaluations(long count) {
        evaluations = count;
        return key("budget.evaluations", Long.toString(count));
    }

    Made wall(double seconds) {
        wall = seconds;
        return this;
    }

    Made shares(double busy, double barrier, double draining) {
        busyShare = busy;
        barrierShare = barrier;
        drainingShare = draining;
        return this;
    }

    Made incomplete() {
        complete = false;
        return this;
    }

    Made simulated() {
        simulated = true;
        return this;
    }

    Made sizes(Integer... workersOfSessions) {
        sizes = List.of(workersOfSessions);
        return this;
    }

    Made device(String name) {
        device = name;
        return this;
    }

    /** Of each evaluation; they arrive evenly, the last at the end. */
    Made fitness(double... values) {
        fitness = values;
        return this;
    }

    /** Of classifiers: of each evaluation. */
    Made accuracy(double... values) {
        accuracy = Optional.of(values);
        return this;
    }

    Made generations(double[]... durations) {
        generations = List.of(durations);
        return this;
    }

    Made startedAt(int atSecond) {
        second = atSecond;
        return this;
    }

    Measured make() {
        double capacity = workers * wall;
        double[] arrived = new double[fitness.length];
        Arrays.setAll(arrived, i -> wall * (i + 1) / fitness.length);
        return new Measured(
                directory.resolve(mode + "-" + workers + "w-r" + seed),
                mode,
                "genetic",
                seed,
                workers,
                sizes,
                complete,
                simulated,
                Instant.ofEpochSecond(second),
                input,
                new Measured.Machine(
                        new TreeSet<>(List.of("node1")), new TreeSet<>(List.of(device)), "aevo 1, Java 17"),
                evaluations,
                Optional.of(new Accounting(
                        0,
                        wall,
                        evaluations,
                        busyShare * capacity,
                        0,
                        (1 - busyShare - drainingShare) * capacity,
                        barrierShare * capacity,
                        drainingShare * capacity,
                        0)),
                accuracy.map(of -> FitnessCurve.of(arrived, fitness, of))
                        .orElseGet(() -> FitnessCurve.of(arrived, fitness)),
                generations,
                workers - 1,
                new Measured.Master(0.01 * wall, 0, 0, 0, Double.NaN, 3 * evaluations));
    }
}

package org.aevo.train.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.aevo.genome.Shape;
import org.aevo.train.Engine;
import org.aevo.train.Network;
import org.aevo.train.Samples;
import org.aevo.train.dl4j.Dl4jEngine;

/**
 * Images per second of training, by {@code TrainingBenchmark [seconds per repeat] [repeats] [model...]}: of the {@link
 * BenchmarkModels}, the usual ones unless others are named. {@code TrainingBenchmark layers} prints them all as JSON, a
 * line each, for other libraries to build.
 */
public final class TrainingBenchmark {
    private TrainingBenchmark() {}

    public static void main(String[] arguments) {
        if (List.of(arguments).equals(List.of("layers"))) {
            BenchmarkModels.all().forEach(model -> System.out.println(model.json()));
            return;
        }
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 3;
        int repeats = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        List<String> wanted = List.of(arguments).subList(Math.min(2, arguments.length), arguments.length);
        try (Engine engine = new Dl4jEngine()) {
            System.out.println(engine.name() + " on " + engine.device() + ", " + engine.libraries() + ", Java "
                    + Runtime.version() + ", OMP_NUM_THREADS " + System.getenv("OMP_NUM_THREADS")
                    + ", OPENBLAS_CORETYPE " + System.getenv("OPENBLAS_CORETYPE"));
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %6s %10s %10s %10s %10s %10s  %s%n",
                    "model",
                    "batch",
                    "parameters",
                    "median",
                    "min",
                    "max",
                    "per cpu-s",
                    "images/s, " + repeats + " repeats of " + seconds + " s");
            List<BenchmarkModels.Model> models = wanted.isEmpty() ? BenchmarkModels.usual() : BenchmarkModels.all();
            for (BenchmarkModels.Model model : models) {
                if (wanted.isEmpty() || wanted.contains(model.name())) {
                    measure(engine, model, seconds, repeats);
                }
            }
        }
    }

    private static void measure(Engine engine, BenchmarkModels.Model model, double seconds, int repeats) {
        int batch = model.hyperparameters().batchSize();
        Samples samples = randomSamples(model.blueprint().input(), 20 * batch);
        int[] order = new int[samples.count()];
        for (int i = 0; i < order.length; i++) {
            order[i] = (i * 7) % order.length;
        }
        try (Network network = engine.build(model.blueprint(), model.hyperparameters(), 1)) {
            run(network, samples, order, batch, seconds);
            List<Double> rates = new ArrayList<>();
            List<Double> cpuRates = new ArrayList<>();
            for (int i = 0; i < repeats; i++) {
                long cpu = cpuNanos();
                long start = System.nanoTime();
                long images = run(network, samples, order, batch, seconds);
                rates.add(images * 1e9 / (System.nanoTime() - start));
                cpuRates.add(images * 1e9 / (cpuNanos() - cpu));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %6d %10d %10.0f %10.0f %10.0f %10.0f%n",
                    model.name(),
                    batch,
                    network.parameters(),
                    median(rates),
                    Collections.min(rates),
                    Collections.max(rates),
                    median(cpuRates));
        }
    }

    private static long run(Network network, Samples samples, int[] order, int batch, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long images = 0;
        while (System.nanoTime() < end) {
            int from = (int) (images % samples.count());
            network.step(samples, order, from, from + batch);
            images += batch;
        }
        return images;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int n = sorted.size();
        return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }

    private static Samples randomSamples(Shape shape, int count) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[Math.toIntExact(count * shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return new Samples(shape, count, values);
    }
}

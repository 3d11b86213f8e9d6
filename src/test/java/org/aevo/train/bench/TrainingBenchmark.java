package org.aevo.train.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.aevo.network.Shape;
import org.aevo.train.Engine;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Samples;

/**
 * Images per second of training, by {@code TrainingBenchmark ENGINE [seconds per repeat] [repeats] [model...]}: of the
 * {@link BenchmarkModels}, the usual ones unless others are named. The engine {@code dl4j-defaults} is the library
 * alone, see {@link PlainDl4j}. {@code TrainingBenchmark layers} prints all models as JSON, a line each, for other
 * libraries to build.
 */
public final class TrainingBenchmark {
    private static final int BATCHES = 20;
    /** Until the virtual machine has compiled what runs often. */
    private static final double WARM_UP_SECONDS = 4;

    private TrainingBenchmark() {}

    public static void main(String[] arguments) {
        if (List.of(arguments).equals(List.of("layers"))) {
            BenchmarkModels.all().forEach(model -> System.out.println(model.json()));
            return;
        }
        String engine = arguments.length > 0 ? arguments[0] : "dl4j";
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 3;
        int repeats = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        List<String> wanted = List.of(arguments).subList(Math.min(3, arguments.length), arguments.length);
        List<BenchmarkModels.Model> models = (wanted.isEmpty() ? BenchmarkModels.usual() : BenchmarkModels.all())
                .stream()
                        .filter(model -> wanted.isEmpty() || wanted.contains(model.name()))
                        .toList();
        System.out.printf(
                Locale.ROOT,
                "%-16s %6s %10s %10s %10s %10s %10s  %s%n",
                "model",
                "batch",
                "parameters",
                "median",
                "min",
                "max",
                "per cpu-s",
                "images/s, " + engine + ", " + repeats + " repeats of " + seconds + " s");
        if (engine.equals("dl4j-defaults")) {
            for (BenchmarkModels.Model model : models) {
                try (PlainDl4j network = new PlainDl4j(model.blueprint(), model.hyperparameters())) {
                    measure(model, first -> network.step(), seconds, repeats);
                }
            }
            return;
        }
        try (Engine opened = BenchmarkEngines.open(engine)) {
            System.err.println(opened.name() + " on " + opened.device() + ", " + opened.libraries() + ", Java "
                    + Runtime.version() + ", OMP_NUM_THREADS " + System.getenv("OMP_NUM_THREADS"));
            for (BenchmarkModels.Model model : models) {
                int batch = model.hyperparameters().batchSize();
                Samples samples = randomSamples(model.blueprint().input(), BATCHES * batch);
                int[] order = new int[samples.count()];
                for (int i = 0; i < order.length; i++) {
                    order[i] = (i * 7) % order.length;
                }
                try (Network network = opened.build(NetworkPlan.of(model.blueprint(), model.hyperparameters(), 1))) {
                    measure(model, first -> network.step(samples, order, first, first + batch), seconds, repeats);
                }
            }
        }
    }

    /** @param step a gradient step on the batch that starts with this sample */
    private static void measure(BenchmarkModels.Model model, IntConsumer step, double seconds, int repeats) {
        int batch = model.hyperparameters().batchSize();
        run(step, batch, Math.max(seconds, WARM_UP_SECONDS));
        List<Double> rates = new ArrayList<>();
        List<Double> cpuRates = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            long cpu = cpuNanos();
            long start = System.nanoTime();
            long images = run(step, batch, seconds);
            rates.add(images * 1e9 / (System.nanoTime() - start));
            cpuRates.add(images * 1e9 / (cpuNanos() - cpu));
        }
        System.out.printf(
                Locale.ROOT,
                "%-16s %6d %10d %10.0f %10.0f %10.0f %10.0f%n",
                model.name(),
                batch,
                model.blueprint().parameters(),
                median(rates),
                Collections.min(rates),
                Collections.max(rates),
                median(cpuRates));
    }

    private static long run(IntConsumer step, int batch, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long images = 0;
        while (System.nanoTime() < end) {
            step.accept((int) (images % (BATCHES * batch)));
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

    static Samples randomSamples(Shape shape, int count) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[Math.toIntExact(count * shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return new Samples(shape, count, values);
    }
}

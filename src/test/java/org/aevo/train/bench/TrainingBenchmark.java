package org.aevo.train.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.aevo.genome.Activation;
import org.aevo.genome.Blueprint;
import org.aevo.genome.Hyperparameters;
import org.aevo.genome.Layer;
import org.aevo.genome.Optimizer;
import org.aevo.genome.Shape;
import org.aevo.train.Engine;
import org.aevo.train.Network;
import org.aevo.train.Samples;
import org.aevo.train.dl4j.Dl4jEngine;

/**
 * Images per second of training, by {@code TrainingBenchmark [seconds per repeat] [repeats] [model...]}. The models are
 * chains without a dense bottleneck, so that they compare with the usual ones of other libraries.
 */
public final class TrainingBenchmark {
    private record Model(String name, Blueprint blueprint, int batch) {}

    private TrainingBenchmark() {}

    public static void main(String[] arguments) {
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
            for (Model model : models()) {
                if (wanted.isEmpty() || wanted.contains(model.name)) {
                    measure(engine, model, seconds, repeats);
                }
            }
        }
    }

    private static void measure(Engine engine, Model model, double seconds, int repeats) {
        Samples samples = randomSamples(model.blueprint.input(), 20 * model.batch);
        int[] order = new int[samples.count()];
        for (int i = 0; i < order.length; i++) {
            order[i] = (i * 7) % order.length;
        }
        Hyperparameters adam = new Hyperparameters(Optimizer.ADAM, 1e-3, model.batch);
        try (Network network = engine.build(model.blueprint, adam, 1)) {
            run(network, samples, order, model.batch, seconds);
            List<Double> rates = new ArrayList<>();
            List<Double> cpuRates = new ArrayList<>();
            for (int i = 0; i < repeats; i++) {
                long cpu = cpuNanos();
                long start = System.nanoTime();
                long images = run(network, samples, order, model.batch, seconds);
                rates.add(images * 1e9 / (System.nanoTime() - start));
                cpuRates.add(images * 1e9 / (cpuNanos() - cpu));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %6d %10d %10.0f %10.0f %10.0f %10.0f%n",
                    model.name,
                    model.batch,
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

    private static List<Model> models() {
        Shape image = new Shape(1, 28, 28);
        Shape colour = new Shape(3, 32, 32);
        Chain dense = new Chain(Shape.vector(784));
        dense.dense(256).dense(64).dense(256).output(784);
        Chain conv = new Chain(image);
        conv.conv(16).pool().conv(8).pool().up().conv(16).up().output(1);
        Chain deconv = new Chain(image);
        deconv.conv(16).pool().conv(8).pool().deconv(16, Activation.RELU).deconv(1, Activation.SIGMOID);
        Chain large = new Chain(colour);
        large.conv(32).pool().conv(64).pool().conv(128).pool();
        large.up().conv(64).up().conv(32).up().output(3);
        Chain small = new Chain(Shape.vector(784));
        small.dense(32).output(784);
        return List.of(
                new Model("dense", dense.blueprint(), 128),
                new Model("conv", conv.blueprint(), 128),
                new Model("convdeconv", deconv.blueprint(), 128),
                new Model("cifar", large.blueprint(), 64),
                new Model("densesmall", small.blueprint(), 8));
    }

    /** A network layer by layer. */
    private static final class Chain {
        private final Shape input;
        private final List<Layer> layers = new ArrayList<>();

        Chain(Shape input) {
            this.input = input;
        }

        Chain dense(int units) {
            return add(new Layer.Dense(name(), last(), units, Activation.RELU, 0));
        }

        Chain conv(int filters) {
            return add(new Layer.Conv(name(), last(), filters, 3, 1, Activation.RELU, false));
        }

        Chain pool() {
            return add(new Layer.MaxPool(name(), last(), 2));
        }

        Chain up() {
            return add(new Layer.Upsample(name(), last(), 2));
        }

        Chain deconv(int filters, Activation activation) {
            return add(new Layer.Deconv(name(), last(), filters, 2, 2, activation, false));
        }

        Chain output(int size) {
            return last().isImage()
                    ? add(new Layer.Conv(name(), last(), size, 3, 1, Activation.SIGMOID, false))
                    : add(new Layer.Dense(name(), last(), size, Activation.SIGMOID, 0));
        }

        Blueprint blueprint() {
            return new Blueprint(input, layers);
        }

        private Chain add(Layer layer) {
            layers.add(layer);
            return this;
        }

        private Shape last() {
            return layers.isEmpty() ? input : layers.get(layers.size() - 1).output();
        }

        private String name() {
            return "l" + layers.size();
        }
    }
}

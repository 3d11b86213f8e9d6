package org.aevo.train.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Shape;
import org.aevo.train.Engine;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Samples;
import org.aevo.train.dl4j.Dl4jEngine;
import org.aevo.train.torch.TorchEngine;

/**
 * Images per second on whatever device an engine finds, by {@code DeviceBenchmark ENGINE SECONDS MODEL:BATCH...}: of
 * {@link BenchmarkModels}, with batches of any size. Prints a line of JSON for each, and first one on the engine.
 */
public final class DeviceBenchmark {
    private static final int BATCHES = 20;
    private static final int WARM_STEPS = 20;

    private DeviceBenchmark() {}

    public static void main(String[] arguments) {
        double seconds = Double.parseDouble(arguments[1]);
        Map<String, BenchmarkModels.Model> models = BenchmarkModels.usual().stream()
                .collect(Collectors.toMap(BenchmarkModels.Model::name, Function.identity()));
        try (Engine engine = arguments[0].equals("torch") ? new TorchEngine() : new Dl4jEngine()) {
            System.out.printf("{\"device\": \"%s\", \"libraries\": \"%s\"}%n", engine.device(), engine.libraries());
            for (String wanted : List.of(arguments).subList(2, arguments.length)) {
                String[] parts = wanted.split(":");
                measure(engine, models.get(parts[0]), Integer.parseInt(parts[1]), seconds);
            }
        }
    }

    private static void measure(Engine engine, BenchmarkModels.Model model, int batch, double seconds) {
        Hyperparameters usual = model.hyperparameters();
        Hyperparameters hyperparameters = new Hyperparameters(usual.optimizer(), usual.learningRate(), batch);
        Samples samples = random(model.blueprint().input(), BATCHES * batch);
        int[] order = new int[samples.count()];
        for (int i = 0; i < order.length; i++) {
            order[i] = (i * 7) % order.length;
        }
        try (Network network = engine.build(NetworkPlan.of(model.blueprint(), hyperparameters, 1))) {
            double loss = 0;
            for (int i = 0; i < WARM_STEPS; i++) { // algorithms are chosen, memory is taken
                loss = step(network, samples, order, i, batch);
            }
            long start = System.nanoTime();
            int steps = 0;
            do {
                loss = step(network, samples, order, steps++, batch);
            } while (System.nanoTime() - start < seconds * 1e9);
            System.out.printf(
                    Locale.ROOT,
                    "{\"model\": \"%s\", \"batch\": %d, \"parameters\": %d, \"images_per_s\": %.1f, \"loss\": %.6f}%n",
                    model.name(),
                    batch,
                    network.parameters(),
                    steps * (double) batch * 1e9 / (System.nanoTime() - start),
                    loss);
        }
    }

    /** Returns the loss, for which the device must have finished. */
    private static double step(Network network, Samples samples, int[] order, int number, int batch) {
        int from = number % BATCHES * batch;
        return network.step(samples, order, from, from + batch);
    }

    private static Samples random(Shape shape, int count) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[Math.toIntExact(count * shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return new Samples(shape, count, values);
    }
}

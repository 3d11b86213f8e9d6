package org.aevo.train.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.aevo.apply.Application;
import org.aevo.apply.Output;
import org.aevo.apply.Product;
import org.aevo.apply.What;
import org.aevo.data.DataKind;
import org.aevo.data.DataSettings;
import org.aevo.data.Dataset;
import org.aevo.data.Datasets;
import org.aevo.data.InputForm;
import org.aevo.data.Layout;
import org.aevo.data.NewData;
import org.aevo.data.Split;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.Unfolding;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.train.Engine;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Samples;

/** Images per second of a validation pass as training has it, and of new data from file to file. */
public final class ApplyBenchmark {
    private static final int SIDE = 28;
    private static final Map<String, String> MODELS = Map.of(
            "dense", "dense(256,relu) | latent(16) | upsampling | adam(lr0.001,batch32)",
            "convolutional",
                    "conv(16,k3,s2,relu) conv(32,k3,s2,relu) | latent(16) | deconvolution | adam(lr0.001,batch32)");

    private ApplyBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        String engineName = arguments.length > 1 ? arguments[1] : "torch";
        int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20_000;
        int repeats = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
        System.out.printf("%s, %d images of %dx%d, medians of %d%n", engineName, count, SIDE, SIDE, repeats);
        try (Engine engine = BenchmarkEngines.open(engineName)) {
            for (boolean bytes : List.of(true, false)) {
                Path file = folder.resolve(bytes ? "bytes.npy" : "floats.npy");
                write(file, count, bytes);
                for (String model : List.of("dense", "convolutional")) {
                    measure(engine, model, file, repeats);
                }
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static void write(Path file, int count, boolean bytes) throws IOException {
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(file)) {
            String header = "{'descr': '" + (bytes ? "|u1" : "<f4") + "', 'fortran_order': False, 'shape': (" + count
                    + ", " + SIDE + ", " + SIDE + "), }";
            header += " ".repeat(128 - 10 - 1 - header.length()) + "\n";
            out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            ByteBuffer row =
                    ByteBuffer.allocate(SIDE * SIDE * (bytes ? 1 : Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                row.clear();
                while (row.hasRemaining()) {
                    if (bytes) {
                        row.put((byte) random.nextInt());
                    } else {
                        row.putFloat(random.nextFloat() * 3 - 1);
                    }
                }
                out.write(row.array());
            }
        }
    }

    private static void measure(Engine engine, String model, Path file, int repeats) throws IOException {
        Split split = Datasets.load(DataSettings.of(DataKind.NPY).path(file).build());
        InputForm form = split.form();
        Dataset data = split.train();
        Samples samples = new Samples(new Shape(1, SIDE, SIDE), data.count(), data::copy);
        Genome genome = GenomeText.parse(MODELS.get(model));
        Blueprint blueprint = Unfolding.of(genome, samples.shape(), Activation.SIGMOID);
        Map<String, List<Rate>> rates = new LinkedHashMap<>();
        try (Network network = engine.build(NetworkPlan.of(blueprint, genome.hyperparameters(), 1))) {
            for (int i = -1; i < repeats; i++) {
                put(rates, i, "validation pass", data.count(), () -> validate(network, samples));
                for (What what : List.of(What.CODES, What.RECONSTRUCTIONS, What.ERRORS)) {
                    for (String ending : List.of(".npy", ".h5")) {
                        put(rates, i, what + " " + ending, newData(file, form).count(), () -> {
                            apply(network, form, file, what, ending);
                        });
                    }
                }
            }
        }
        Rate validation = median(rates.get("validation pass"));
        rates.forEach((name, each) -> System.out.printf(
                Locale.ROOT,
                "%-10s %-13s %-21s %8.0f images/s, %4.2f of a validation pass; %8.0f per s of the computing thread, %4.2f%n",
                file.getFileName(),
                model,
                name,
                median(each).wall(),
                median(each).wall() / validation.wall(),
                median(each).thread(),
                median(each).thread() / validation.thread()));
    }

    /**
     * Images per second.
     *
     * @param wall by the clock
     * @param thread of processor time of the thread that computes: on a machine with cores for all threads the same
     */
    private record Rate(double wall, double thread) {}

    private static void put(Map<String, List<Rate>> rates, int repeat, String name, int count, Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        work.run();
        double wall = count / ((System.nanoTime() - start) * 1e-9);
        double thread = count / ((threads.getCurrentThreadCpuTime() - cpu) * 1e-9);
        // the first warms up
        if (repeat >= 0) {
            rates.computeIfAbsent(name, n -> new ArrayList<>()).add(new Rate(wall, thread));
        }
    }

    private static Rate median(List<Rate> rates) {
        double[] wall = rates.stream().mapToDouble(Rate::wall).sorted().toArray();
        double[] thread = rates.stream().mapToDouble(Rate::thread).sorted().toArray();
        return new Rate(wall[wall.length / 2], thread[thread.length / 2]);
    }

    private static void validate(Network network, Samples samples) {
        for (int from = 0; from < samples.count(); from += Blueprint.VALIDATION_BATCH) {
            network.loss(samples, from, Math.min(samples.count(), from + Blueprint.VALIDATION_BATCH));
        }
    }

    private static NewData newData(Path file, InputForm form) {
        return NewData.of(
                new NewData.Request(
                        Optional.empty(),
                        new DataSettings.Place(Optional.of(file), Optional.empty(), Optional.empty()),
                        Layout.AUTO),
                form);
    }

    private static void apply(Network network, InputForm form, Path file, What what, String ending) {
        NewData data = newData(file, form);
        Path target = file.resolveSibling("applied" + ending);
        List<Integer> sides =
                switch (what) {
                    case CODES -> List.of(16);
                    case RECONSTRUCTIONS -> data.sides();
                    case ERRORS -> List.of();
                    case LABELS, PROBABILITIES -> throw new IllegalArgumentException("no classifier is measured");
                };
        Product product = new Product(what, data.count(), sides, List.of(), 0.1, Optional.empty(), Map.of());
        try {
            Files.deleteIfExists(target);
            try (Output out = Output.Format.of(target).orElseThrow().create(target, product)) {
                new Application(network, form, product, false).run(data, out, done -> {});
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.aevo.train.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.aevo.data.DataKind;
import org.aevo.data.DataSettings;
import org.aevo.data.Dataset;
import org.aevo.data.Datasets;
import org.aevo.data.Split;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluator;
import org.aevo.search.Job;
import org.aevo.train.Samples;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;
import org.aevo.train.dl4j.Dl4jEngine;

/**
 * What the data of Fashion-MNIST, 60,000 training and 10,000 test images, cost: {@code DataBenchmark FOLDER [repeats]}.
 * Seconds to load them in a new process, with nothing prepared and with what another process prepared; seconds to copy
 * them in batches; resident and proportional set size of 1, 2 and 4 workers that have trained on them.
 */
public final class DataBenchmark {
    private static final DataSettings DATA = DataSettings.of(DataKind.FASHION_MNIST)
            .parts(54_000, 6_000, 10_000)
            .seed(1)
            .build();
    private static final String CACHE = "AEVO_DATA_CACHE";
    private static final int BATCH = 128;

    private DataBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "load" -> load();
            case "work" -> work();
            default -> report(Path.of(arguments[0]), arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5);
        }
    }

    private static void report(Path folder, int repeats) throws IOException {
        System.out.printf("%-28s %9s %9s %9s%n", "", "median", "lowest", "highest");
        List<double[]> nothing = new ArrayList<>();
        List<double[]> prepared = new ArrayList<>();
        List<double[]> alone = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            empty(folder);
            nothing.add(loaded(folder.toString()));
            prepared.add(loaded(folder.toString()));
            alone.add(loaded("none"));
        }
        line("nothing prepared, load s", nothing, 0);
        line("prepared, load s", prepared, 0);
        line("not shared, load s", alone, 0);
        line("shared, copy us/sample", prepared, 1);
        line("not shared, copy us/sample", alone, 1);
        System.out.printf("%n%8s %12s %12s %12s %12s%n", "workers", "shared:", "", "not shared:", "");
        System.out.printf("%8s %12s %12s %12s %12s%n", "", "RSS MB", "PSS MB", "RSS MB", "PSS MB");
        for (int workers : new int[] {1, 2, 4}) {
            long[] shared = memory(workers, folder.toString());
            long[] own = memory(workers, "none");
            System.out.printf("%8d %12d %12d %12d %12d%n", workers, shared[0], shared[1], own[0], own[1]);
        }
    }

    private static void line(String what, List<double[]> runs, int index) {
        double[] sorted = runs.stream().mapToDouble(run -> run[index]).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-28s %9.3f %9.3f %9.3f%n",
                what,
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }

    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.data")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private static double[] loaded(String cache) throws IOException {
        Process process = child("load", cache);
        try (BufferedReader out = reader(process)) {
            return Arrays.stream(out.readLine().split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }
    }

    /** Sums of the resident and the proportional set sizes of workers that live at the same time. */
    private static long[] memory(int workers, String cache) throws IOException {
        List<Process> processes = new ArrayList<>();
        long rss = 0;
        long pss = 0;
        try {
            for (int i = 0; i < workers; i++) {
                processes.add(child("work", cache));
            }
            for (Process process : processes) {
                reader(process).readLine();
            }
            for (Process process : processes) {
                rss += kilobytes(process, "Rss:");
                pss += kilobytes(process, "Pss:");
            }
        } finally {
            processes.forEach(Process::destroy);
        }
        return new long[] {rss >> 10, pss >> 10};
    }

    private static long kilobytes(Process process, String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup")).stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    private static Process child(String what, String cache) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DataBenchmark.class.getName(),
                        what)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(CACHE, cache);
        return builder.start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void load() {
        long start = System.nanoTime();
        Split split = Datasets.load(DATA);
        double seconds = (System.nanoTime() - start) * 1e-9;
        Dataset train = split.train();
        int[] order = IntStream.range(0, train.count()).toArray();
        FloatBuffer target = java.nio.ByteBuffer.allocateDirect(BATCH * train.sampleSize() * Float.BYTES)
                .order(java.nio.ByteOrder.nativeOrder())
                .asFloatBuffer();
        double copying = 0;
        for (int epoch = 0; epoch < 3; epoch++) { // the last counts
            long begin = System.nanoTime();
            for (int from = 0; from + BATCH <= order.length; from += BATCH) {
                train.copy(order, from, from + BATCH, target.clear());
            }
            copying = (System.nanoTime() - begin) * 1e-3 / order.length;
        }
        System.out.println(seconds + " " + copying);
    }

    private static void work() throws IOException {
        Split split = Datasets.load(DATA);
        Samples train = samples(split.train());
        Samples validation = samples(split.validation());
        TrainingSettings once = new TrainingSettings(1, 1, 0, Double.POSITIVE_INFINITY, 100, 0);
        String genome = "dense(64,relu) | latent(16) | upsampling | adam(lr0.001,batch256)";
        Candidate candidate = new Candidate(1, 0, Candidate.NONE, Candidate.NONE, "random", GenomeText.parse(genome));
        try (Evaluator trainer = new Trainer(
                new Dl4jEngine(), g -> g.unfold(train.shape(), Activation.SIGMOID), train, validation, once)) {
            trainer.evaluate(new Job(candidate, 1, 0));
            System.out.println("worked");
            System.in.read(); // until the parent ends it
        }
    }

    private static Samples samples(Dataset data) {
        return new Samples(new Shape(data.channels(), data.height(), data.width()), data.count(), data::copy);
    }
}

package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Evaluator;
import org.aevo.search.Job;
import org.aevo.train.dl4j.Dl4jEngine;
import org.aevo.train.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class MemoryLimitTest {
    private static final long MIB = 1 << 20;
    private static final long LIMIT = 700 * MIB;

    @TempDir
    private Path directory;

    @Test
    void moreThanTheLimitIsNotToBeHad() throws Exception {
        long limited = Long.parseLong(run(Taker.class, "200").get(0));
        assertTrue(limited > 100 && limited <= 200, limited + " MiB");
        long unlimited = Long.parseLong(run(Taker.class, "0").get(0));
        assertTrue(unlimited > 350, unlimited + " MiB without a limit");
    }

    /** Takes memory until it has 400 MiB or gets no more; prints what the process has then. */
    static final class Taker {
        private Taker() {}

        public static void main(String[] arguments) throws Exception {
            if (!arguments[0].equals("0")) {
                MemoryLimit.set(Long.parseLong(arguments[0]) * MIB);
            }
            List<ByteBuffer> taken = new ArrayList<>();
            try {
                while (taken.size() < 100) {
                    ByteBuffer some = ByteBuffer.allocateDirect((int) (4 * MIB));
                    for (int i = 0; i < some.capacity(); i += 4096) {
                        some.put(i, (byte) 1);
                    }
                    taken.add(some);
                }
            } catch (OutOfMemoryError e) {
                // the limit
            }
            System.out.println(kibibytes("RssAnon") >> 10);
        }
    }

    /** One that is too wide and one whose activations are too large, between two small ones. */
    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void aCandidateThatNeedsMoreCostsOnlyItself(EngineKind engine) throws Exception {
        List<String> said = run(Worker.class, engine.name());
        List<String> results =
                said.stream().filter(line -> line.startsWith("result ")).toList();
        assertEquals(4, results.size(), said.toString());
        assertTrue(results.get(0).startsWith("result OK 0."), said.toString());
        assertTrue(
                results.get(1)
                        .matches("result OUT_OF_MEMORY NaN not built: weights, gradients and optimizer state alone need"
                                + " 16\\d\\d MiB, there are \\d{3} left of the 700 MiB of a worker"),
                results.get(1));
        assertTrue(results.get(2).startsWith("result OUT_OF_MEMORY NaN out of memory: "), said.toString());
        assertTrue(
                results.get(2).matches(".*\\(an estimated \\d+ MiB were needed, a worker has 700 MiB in all\\)"),
                results.get(2));
        assertEquals(results.get(0), results.get(3));
        long peak = Long.parseLong(said.get(said.size() - 1));
        assertTrue(peak <= LIMIT / MIB, peak + " MiB");
    }

    /** Evaluates four candidates, then prints the most MiB that the process had beside mapped files. */
    static final class Worker {
        private Worker() {}

        private static final String SMALL = "dense(16,relu) | latent(4) | upsampling | adam(lr0.001,batch16)";
        private static final String WIDE =
                "dense(7000,relu) dense(7000,relu) | latent(4) | upsampling | nesterov(lr0.001,batch16)";

        private static final String DEEP =
                "conv(64,k3,s1,relu,bn) conv(64,k3,s1,relu,bn) conv(64,k3,s1,relu,bn) | latent(4) | upsampling | adam(lr0.001,batch256)";

        public static void main(String[] arguments) throws Exception {
            Shape shape = new Shape(1, 28, 28);
            Samples samples = new Samples(shape, 256, new float[256 * 784]);
            TrainingSettings settings = new TrainingSettings(1, 1, 0, Double.POSITIVE_INFINITY, 100, 0);
            Engine engine = EngineKind.valueOf(arguments[0]) == EngineKind.DL4J ? new Dl4jEngine() : new TorchEngine();
            try (Evaluator trainer = new Trainer(
                    engine,
                    g -> g.unfold(shape, Activation.SIGMOID),
                    Objective.reconstruction(samples, samples),
                    settings,
                    new MemoryBudget(OptionalLong.of(LIMIT), OptionalLong.empty()))) {
                evaluate(trainer, SMALL);
                MemoryLimit.set(LIMIT);
                print(evaluate(trainer, SMALL));
                long files = kibibytes("RssFile");
                print(evaluate(trainer, WIDE));
                print(evaluate(trainer, DEEP));
                print(evaluate(trainer, SMALL));
                System.out.println(kibibytes("VmHWM") - files >> 10);
            }
        }

        private static Evaluation evaluate(Evaluator trainer, String genome) {
            Candidate candidate =
                    new Candidate(1, 0, Candidate.NONE, Candidate.NONE, "random", GenomeText.parse(genome));
            return trainer.evaluate(new Job(candidate, 1, 0)).evaluation();
        }

        private static void print(Evaluation e) {
            System.out.println("result " + e.status() + " " + e.fitness() + " " + e.message());
        }
    }

    private static long kibibytes(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    /** In a virtual machine like a worker's. */
    private List<String> run(Class<?> main, String argument) throws Exception {
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-Xms" + (main == Taker.class ? 32 : 100) + "m",
                        "-Xmx" + (main == Taker.class ? 32 : 100) + "m",
                        "-Xmn16m",
                        "-XX:MaxDirectMemorySize=2g",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        argument)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        assertTrue(process.waitFor(100, TimeUnit.SECONDS), () -> "no end: " + process.destroyForcibly());
        List<String> said = Files.readAllLines(output);
        assertEquals(0, process.exitValue(), said.toString());
        return said;
    }
}

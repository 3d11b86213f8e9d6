package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.aevo.network.EnumText;
import org.aevo.train.EngineKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every wrong input: exit code 2, one clear message, nothing written. */
class WrongInputTest {
    private static final String GOOD =
            """
            budget: {evaluations: 20}
            data: {kind: swiss-roll, samples: 300}
            space: {family: dense, latent: 2}
            """;

    @TempDir
    Path folder;

    private Path output;

    @BeforeEach
    void place() {
        output = folder.resolve("out");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Runs a command that must be refused, and gives what it said. */
    private String refused(String... arguments) throws IOException {
        List<Path> before = listing();
        PrintStream err = System.err;
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int code;
        try {
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            code = Main.execute(arguments);
        } finally {
            System.setErr(err);
            System.setOut(out);
        }
        String message = said.toString(StandardCharsets.UTF_8).strip();
        assertEquals(ExitCode.USAGE, code, message);
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
        assertTrue(message.startsWith("aevo: "), message);
        assertTrue(!message.contains("\tat "), message);
        assertEquals(before, listing());
        return message;
    }

    private List<Path> listing() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }

    private String refusedRun(String yaml, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("run", file("in.yaml", yaml).toString(), "-o", output.toString()));
        arguments.addAll(Arrays.asList(more));
        String message = refused(arguments.toArray(String[]::new));
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    private void assertSays(String expected, String message) {
        assertTrue(message.contains(expected), message);
    }

    @Test
    void noFile() throws IOException {
        assertSays(
                "missing.yaml: no such file",
                refused("run", folder.resolve("missing.yaml").toString()));
    }

    @Test
    void noInputAtAll() throws IOException {
        assertSays("which input file?", refused("run"));
    }

    @Test
    void notYaml() throws IOException {
        assertSays("in.yaml:1:5: not YAML", refusedRun("a: b: c\n"));
    }

    @Test
    void duplicateKey() throws IOException {
        assertSays("in.yaml:4:1: the key 'budget' stands twice", refusedRun(GOOD + "budget: {evaluations: 3}\n"));
    }

    @Test
    void unknownKey() throws IOException {
        assertSays(
                "in.yaml:4:1: unknown key 'evolutoin'; did you mean 'evolution'?",
                refusedRun(GOOD + "evolutoin: {}\n"));
        // first of all: with the defaults of a section that stands there other things are wrong, too
        assertSays(
                "in.yaml:4:1: unknown key 'evolutoin'; did you mean 'evolution'?",
                refusedRun(GOOD.replace("20", "3") + "evolutoin: {population: 2}\nseed: many\n"));
    }

    @Test
    void wrongType() throws IOException {
        assertSays("in.yaml:4:7: seed must be a whole number, was 'many'", refusedRun(GOOD + "seed: many\n"));
    }

    /** What the data cannot serve is found before anything starts. */
    @Test
    void aTaskThatTheDataCannotServe() throws IOException {
        String start = "budget: {evaluations: 50}\nspace: {latent: 2}\n";
        assertSays(
                "task.fitness is knn-accuracy, but the data have no labels",
                refusedRun(start + "data: {kind: swiss-roll}\ntask: {kind: embed, fitness: knn-accuracy}\n"));
        assertSays(
                "task.fitness is ssim, but samples of 2 are no images of at least 7x7",
                refusedRun(start + "data: {kind: blobs}\ntask: {kind: denoise, fitness: ssim}\n"));
        assertSays(
                "task.neighbours is 60, but must be fewer than half the 100 validation samples",
                refusedRun(start + "data: {kind: blobs}\ntask: {kind: embed, neighbours: 60}\n"));
        assertSays(
                "space.latent is 20, larger than the input's 2 values",
                refusedRun(
                        "budget: {evaluations: 50}\nspace: {latent: 20}\ndata: {kind: blobs}\ntask: {kind: embed}\n"));
    }

    /** Before any worker is there, for they could only refuse it one after the other. */
    @Test
    void labelsThatAreNoFitness() throws IOException {
        Path samples = idx("samples-idx2-ubyte", 2, sample -> sample);
        String input = "budget: {evaluations: 50}\nspace: {latent: 1}\ntask: {kind: embed, fitness: knn-accuracy}\n"
                + "data: {kind: idx, path: " + samples + ", labels: labels-idx1-ubyte, train: 60, validation: 20}\n";
        idx("labels-idx1-ubyte", 1, sample -> 7);
        for (String command : List.of("run", "bench")) {
            assertSays(
                    "task.fitness is knn-accuracy, but the training samples that it learns from all have the label 7:"
                            + " give other data.labels, or choose trustworthiness, continuity or validation-loss",
                    refused(command, file("in.yaml", input).toString(), "-o", output.toString()));
        }
        refusedRun(input, "--dry-run");
        idx("labels-idx1-ubyte", 1, sample -> sample);
        assertSays(
                "task.fitness is knn-accuracy, but no validation sample has a label that one of the 60 training"
                        + " samples has which it learns from: give other data.labels",
                refusedRun(input));
    }

    /** An array of 100 samples of so many equal bytes. */
    private Path idx(String name, int size, IntUnaryOperator value) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * (size - 1) + 100 * size);
        bytes.putInt(0x800 + size).putInt(100);
        if (size > 1) {
            bytes.putInt(size);
        }
        while (bytes.hasRemaining()) {
            bytes.put((byte) value.applyAsInt(100 - (bytes.remaining() + size - 1) / size));
        }
        return Files.write(folder.resolve(name), bytes.array());
    }

    @Test
    void figuresThatDoNotFitIntoAWorker() throws IOException {
        String input =
                """
                budget: {evaluations: 50}
                space: {latent: 2}
                task: {kind: embed, figure-samples: 5000}
                data: {kind: blobs, samples: 7000, features: 3000, train: 1000, validation: 5500, test: 500}
                cluster: {worker-memory: 1024}
                """;
        String expected = "task.figure-samples is 5000: figures of 5000 samples of 3000 need 219 MiB of heap (230000000"
                + " bytes), and may take 199 of the 249 that there are in a worker of 1024 MiB: lower it, raise"
                + " cluster.worker-memory";
        assertSays(expected, refusedRun(input));
        assertSays(expected, refused("bench", file("in.yaml", input).toString(), "-o", output.toString()));
        assertSays(", or start fewer workers", refusedRun(input.replace("worker-memory: 1024", "workers: 100000")));
    }

    @Test
    void outOfRange() throws IOException {
        assertSays(
                "space.units must be [smallest, largest] from 1 to 1048576, was [4294967312, 4294967552]",
                refusedRun(GOOD, "--set", "space.units=[4294967312, 4294967552]"));
        assertSays(
                "evolution.crossover must be a number from 0 to 1, was 2",
                refusedRun(GOOD + "evolution: {crossover: 2}\n"));
    }

    @Test
    void latentLargerThanTheInput() throws IOException {
        assertSays(
                "space.latent is 4, larger than the input's 3 values",
                refusedRun(GOOD.replace("latent: 2", "latent: 4")));
    }

    @Test
    void moreSamplesPerEpochThanThereAre() throws IOException {
        assertSays(
                "training.samples-per-epoch is 5000, more than the 240 training samples",
                refusedRun(GOOD, "--set", "training.samples-per-epoch=5000"));
    }

    @Test
    void partsThatCannotBe() throws IOException {
        assertSays(
                "data.fraction must be a number from 1.0E-6 to 1, was 0", refusedRun(GOOD, "--set", "data.fraction=0"));
        assertSays(
                "data.fraction must be a number from 1.0E-6 to 1, was 1.5",
                refusedRun(GOOD, "--set", "data.fraction=1.5"));
        assertSays(
                "data.fraction is 0.001, which leaves none of 240 training samples: raise it",
                refusedRun(GOOD, "--set", "data.fraction=0.001"));
        assertSays(
                "training.samples-per-epoch is 25, more than the 24 training samples that data.fraction 0.1 leaves of 240",
                refusedRun(GOOD, "--set", "data.fraction=0.1", "--set", "training.samples-per-epoch=25"));
        assertSays(
                "data.distribution must be one of shared-file, broadcast, was 'everywhere'",
                refusedRun(GOOD, "--set", "data.distribution=everywhere"));
    }

    @Test
    void populationLargerThanTheEvaluations() throws IOException {
        assertSays("larger than the 20 evaluations", refusedRun(GOOD + "evolution: {population: 21}\n"));
        assertSays("larger than the 3 evaluations", refusedRun(GOOD, "--evaluations", "3"));
    }

    @Test
    void teamsThatCannotBe() throws IOException {
        String larger = "cluster.team is 3, but there are 2 workers to be of it: lower it, or start more";
        assertSays(larger, refusedRun(GOOD + "cluster: {workers: 2, team: 3}\n"));
        assertSays(larger, refusedRun(GOOD, "--workers", "2", "--team", "3", "--dry-run"));
        assertSays("from 1 to 64", refusedRun(GOOD, "--team", "65"));
        String small = GOOD.replace("latent: 2", "latent: 2, batch-sizes: [64, 2]");
        assertSays(
                "space.batch-sizes has 2, fewer samples than a team has workers (cluster.team is 3)",
                refusedRun(small, "--workers", "3", "--team", "3"));
        String network =
                """
                layers: [{kind: dense, name: latent}, {kind: dense, like: input}, {kind: reshape, like: input}]
                batch-size: 2
                """;
        assertSays(
                "has batches of 2, fewer samples than a team has workers (cluster.team is 3)",
                refused(
                        "evaluate",
                        file("network.yaml", network).toString(),
                        file("in.yaml", GOOD).toString(),
                        "--workers",
                        "3",
                        "--set",
                        "cluster.team=3",
                        "-o",
                        output.toString()));
    }

    @Test
    void missingData() throws IOException {
        String data = GOOD.replace("kind: swiss-roll, samples: 300", "kind: mnist, path: " + folder.resolve("nowhere"));
        assertSays("nowhere", refusedRun(data));
    }

    @Test
    void truncatedData() throws IOException {
        byte[] header = {0, 0, 8, 3, 0, 0, 0, 100, 0, 0, 0, 28, 0, 0, 0, 28, 1, 2, 3};
        Path idx = Files.write(folder.resolve("images-idx3-ubyte"), header);
        String message = refusedRun(GOOD.replace("kind: swiss-roll, samples: 300", "kind: idx, path: " + idx));
        assertSays("images-idx3-ubyte", message);
    }

    @Test
    void foreignData() throws IOException {
        Path idx = Files.writeString(folder.resolve("text.idx"), "this is not a data file at all, really");
        String message = refusedRun(GOOD.replace("kind: swiss-roll, samples: 300", "kind: idx, path: " + idx));
        assertSays("text.idx: not an IDX file", message);
    }

    @Test
    void moreSamplesThanThereAre() throws IOException {
        String message = refusedRun(GOOD.replace("samples: 300", "samples: 300, train: 400"));
        assertSays("400", message);
        assertSays("300", message);
    }

    @Test
    void theOutputHoldsARun() throws IOException {
        Files.createDirectories(output);
        Files.writeString(output.resolve("run.journal"), "something");
        assertSays(output.toString(), refusedRun(GOOD));
    }

    @Test
    void theOutputIsAFile() throws IOException {
        Files.writeString(output, "something");
        assertSays(output.toString(), refusedRun(GOOD));
    }

    @Test
    void noWorkers() throws IOException {
        assertSays("--workers: cluster.workers must be a whole number from 1", refusedRun(GOOD, "--workers", "0"));
        assertSays("was 'two'", refusedRun(GOOD, "--workers", "two"));
    }

    @Test
    void unknownStrategyOrMode() throws IOException {
        assertSays(
                "--strategy: strategy must be one of genetic, aging, local, nsga2, pairwise, random, list, ensemble, served, was 'bayes'",
                refusedRun(GOOD, "--strategy", "bayes"));
        assertSays("did you mean 'async'?", refusedRun(GOOD, "--mode", "asynch"));
    }

    @Test
    void unknownEngine() throws IOException {
        assertSays(
                "--engine: training.engine must be one of dl4j, torch, was 'pytorch' (did you mean 'torch'?)",
                refusedRun(GOOD, "--engine", "pytorch"));
    }

    @Test
    void gpusThatThisBuildDoesNotComputeOn() throws IOException {
        for (EngineKind engine : EngineKind.values()) {
            assertSays(
                    "cluster.gpus is yes, but in this build " + EnumText.of(engine) + " computes on CPU cores: "
                            + GpuBuilds.of(engine).howToBuild(),
                    refusedRun(GOOD, "--set", "cluster.gpus=yes", "--engine", EnumText.of(engine)));
        }
    }

    @Test
    void memoryAndAdvanceBeyondTheirBounds() throws IOException {
        assertSays(
                "cluster.worker-memory must be a whole number from 1024 to ",
                refusedRun(GOOD, "--set", "cluster.worker-memory=512"));
        assertSays(
                "cluster.prefetch must be a whole number from 0 to 64, was 65",
                refusedRun(GOOD, "--set", "cluster.prefetch=65"));
    }

    @Test
    void wrongSetting() throws IOException {
        assertSays("unknown key 'training.epoch'", refusedRun(GOOD, "--set", "training.epoch=3"));
        assertSays("expected key=value", refusedRun(GOOD, "--set", "training.epochs"));
    }

    @Test
    void aSpaceWithoutAnyGenome() throws IOException {
        assertSays(
                "no network meets the limits", refusedRun(GOOD.replace("latent: 2", "latent: 2, max-parameters: 5")));
    }

    @Test
    void recordedDurationsOfNoRun() throws IOException {
        String yaml =
                GOOD + "evaluator: {kind: simulated, distribution: recorded, run: " + folder.resolve("none") + "}\n";
        assertSays("evaluator.run: ", refusedRun(yaml));
        assertSays("needs evaluator.run", refusedRun(GOOD + "evaluator: {kind: simulated, distribution: recorded}\n"));
    }

    @Test
    void wrongUsage() throws IOException {
        assertSays("'aevo --help' lists", refused("rnu"));
        for (String[] word : new String[][] {{"rnu", "run"}, {"trian", "train"}, {"reprot", "report"}}) {
            assertSays("; did you mean '" + word[1] + "'?", refused(word[0], "x"));
        }
        assertSays("; did you mean '--evaluations'?", refused("run", "--evaluatoins=3", "x"));
        assertSays("--evaluation", refused("run", "--evaluation"));
        assertSays("nowhere: no such directory", refused("show", "nowhere"));
        assertSays("no run here", refused("verify", folder.toString()));
        assertSays("no run here", refused("recover", folder.toString()));
        assertSays("there is no run to resume", refused("run", "--resume", folder.toString()));
        assertSays("--resume DIR goes on", refused("run", "--resume", folder.toString(), "--seed", "3"));
    }
}

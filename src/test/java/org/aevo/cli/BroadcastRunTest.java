package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.aevo.mpi.RunSecret;
import org.aevo.record.RunHistory;
import org.aevo.record.WorkerRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Hosts that have no data files: what they need comes from rank 0. */
@Tag("netns")
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
@Order(5)
class BroadcastRunTest {
    private static final String INPUT =
            """
            name: far
            seed: 6
            mode: sync
            budget: {evaluations: 6}
            evolution: {population: 3, offspring: 3, min-population: 3, tournament: 2}
            space: {family: dense, latent: 2, max-genes: 1, units: [4, 8]}
            training: {engine: torch, epochs: 1}
            data: {kind: idx, path: files/images, train: %d, distribution: %s}
            cluster: {start-timeout: 20}
            """;

    private static final int PORT = 21_000;
    private static final int SIDE = 64;
    private static final int COUNT = 3000;

    @TempDir
    private Path folder;

    private final List<AevoProcess> ranks = new ArrayList<>();
    private Network network;

    @BeforeAll
    static void requireHosts() throws Exception {
        Optional<String> missing = Network.missing();
        missing.ifPresent(
                reason -> System.err.println("WARNING: hosts without data are NOT TESTED on this machine: " + reason));
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    }

    @BeforeEach
    void open() throws Exception {
        network = Network.of(3);
        byte[] pixels = new byte[COUNT * SIDE * SIDE];
        new Random(1).nextBytes(pixels);
        Files.createDirectory(folder.resolve("files"));
        Files.write(
                folder.resolve("files/images"),
                ByteBuffer.allocate(16 + pixels.length)
                        .putInt(0x0803)
                        .putInt(COUNT)
                        .putInt(SIDE)
                        .putInt(SIDE)
                        .put(pixels)
                        .array());
    }

    @AfterEach
    void close() throws Exception {
        for (AevoProcess rank : ranks) {
            rank.close();
        }
        network.close();
    }

    private void input(String distribution, int train) throws IOException {
        Files.writeString(folder.resolve("input.yaml"), INPUT.formatted(train, distribution));
    }

    private Path cache(int host) {
        return folder.resolve("cache" + host);
    }

    /** A rank on a host; all hosts but that of rank 0 see an empty folder where the files are. */
    private AevoProcess rank(int rank, int of, int host, String... more) throws IOException {
        List<String> launcher = new ArrayList<>(network.on(host));
        if (host > 0) {
            launcher.addAll(List.of(
                    "unshare",
                    "--mount",
                    "sh",
                    "-c",
                    "mount -t tmpfs tmpfs " + folder.resolve("files") + " && exec \"$@\"",
                    "sh"));
        }
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--rank",
                Integer.toString(rank),
                "--ranks",
                Integer.toString(of),
                "--master",
                Network.address(0) + ":" + PORT));
        arguments.addAll(more.length > 0 ? List.of(more) : List.of("input.yaml", "-o", "run"));
        Map<String, String> environment = Map.of(
                RunSecret.VARIABLE,
                "5".repeat(64),
                "AEVO_DATA_CACHE",
                cache(host).toString());
        AevoProcess process = Network.start(launcher, folder, environment, arguments.toArray(String[]::new));
        ranks.add(process);
        return process;
    }

    private RunHistory history() throws IOException {
        return RunHistory.read(folder.resolve("run/run.journal"));
    }

    private static void done(AevoProcess rank) throws Exception {
        AevoProcess.Result result = rank.await();
        assertEquals(ExitCode.DONE, result.code(), result.err());
    }

    private List<Path> files(int host, String ending) {
        try (Stream<Path> all = Files.list(cache(host))) {
            return all.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aHostWithoutFilesWorks() throws Exception {
        input("broadcast", 500);
        AevoProcess master = rank(0, 4, 0);
        List<AevoProcess> workers = List.of(rank(1, 4, 0), rank(2, 4, 1), rank(3, 4, 1));
        done(master);
        for (AevoProcess worker : workers) {
            done(worker);
        }
        RunHistory far = history();
        assertEquals("broadcast", far.shared().orElseThrow().distribution());
        long fetched = 0;
        for (WorkerRow worker : far.workers()) {
            assertTrue(worker.data().isPresent(), worker.toString());
            fetched += worker.data().get().bytes();
        }
        long size = Files.size(files(0, ".data").get(0));
        assertEquals(size, fetched, "one process fetches, and those of rank 0's host find its copy");
        assertEquals(size, Files.size(files(1, ".data").get(0)));
        String shown = AevoProcess.run(folder, "show", "run").out();
        assertTrue(shown.contains("data: sent by rank 0 to 1 worker"), shown);
    }

    @Test
    void withoutBroadcastTheWorkerSaysWhatIsMissing() throws Exception {
        input("shared-file", 500);
        AevoProcess master = rank(0, 2, 0);
        rank(1, 2, 1);
        String said = "files/images: no such file; where hosts do not see the files set data.distribution: broadcast";
        Waiting.until(() -> master.errorOutput().contains(said));
        assertFalse(history().shared().isPresent());
    }

    /** What a process had fetched when it was killed is thrown away, and another that waited for it fetches. */
    @Test
    void anotherTakesOverFromWhoDiesFetching() throws Exception {
        input("broadcast", 2000);
        network.delay(1, 30, 0);
        AevoProcess master = rank(0, 3, 0);
        rank(1, 3, 1);
        rank(2, 3, 1);
        Waiting.until(() -> Files.isDirectory(cache(1)) && !files(1, ".tmp").isEmpty());
        Path unfinished = files(1, ".tmp").get(0);
        Waiting.until(() -> Files.size(unfinished) > 1 << 20);
        ProcessHandle fetching = holder(unfinished);
        assertTrue(fetching.destroyForcibly());
        done(master);
        assertEquals(List.of(), files(1, ".tmp"));
        assertEquals(6, history().evaluated());
        assertEquals(
                1,
                history().workers().stream()
                        .filter(worker -> worker.data().orElseThrow().fetched())
                        .count());
        assertTrue(
                history().workers().stream().noneMatch(worker -> worker.joined().pid() == fetching.pid()));
    }

    /** The process that has a file open. */
    private static ProcessHandle holder(Path file) {
        return ProcessHandle.allProcesses()
                .filter(process -> hasOpen(process, file))
                .findFirst()
                .orElseThrow();
    }

    private static boolean hasOpen(ProcessHandle process, Path file) {
        Path descriptors = Path.of("/proc", Long.toString(process.pid()), "fd");
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(file);
                } catch (IOException e) {
                    return false;
                }
            });
        } catch (IOException e) {
            return false;
        }
    }
}

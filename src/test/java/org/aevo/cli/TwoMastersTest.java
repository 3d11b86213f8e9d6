package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A master that loses its lock, its journal or its directory to somebody stops, and leaves alone what is not its own. */
@Timeout(240)
class TwoMastersTest {
    private static final String INPUT =
            """
            name: simulated
            seed: 3
            mode: async
            budget: {evaluations: 100000}
            evolution: {population: 6}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.05}
            cluster: {workers: 1, grace: 1}
            record: {snapshot-seconds: 0.2}
            """;

    @TempDir
    Path folder;

    private Path run;
    private RunPaths paths;
    private List<ProcessHandle> workers;

    @BeforeEach
    void input() throws IOException {
        Files.writeString(folder.resolve("input.yaml"), INPUT);
        run = folder.resolve("run");
        paths = new RunPaths(run);
    }

    /** Another that comes meanwhile waits until the first is gone, and goes on with all that was acknowledged. */
    @Test
    void theLockIsDeleted() throws Exception {
        try (AevoProcess first = working()) {
            Files.delete(paths.lock());
            try (AevoProcess second =
                    AevoProcess.start(folder, Map.of(), "run", "--resume", "run", "--evaluations", "100")) {
                AevoProcess.Result stopped = first.await();
                assertEquals(ExitCode.RESUMABLE, stopped.code(), stopped.err());
                assertTrue(stopped.err().contains("run.lock: "), stopped.err());
                assertNobodyIsLeft();
                AevoProcess.Result done = second.await();
                assertEquals(ExitCode.DONE, done.code(), done.err());
            }
        }
        Said verified = Said.by("verify", run.toString());
        assertEquals(ExitCode.DONE, verified.code(), verified.all());
        assertTrue(RunHistory.read(paths.journal()).evaluated() >= 100);
    }

    @Test
    void theDirectoryIsRenamed() throws Exception {
        try (AevoProcess master = working()) {
            Files.move(run, folder.resolve("elsewhere"));
            AevoProcess.Result stopped = master.await();
            assertEquals(ExitCode.RESUMABLE, stopped.code(), stopped.err());
            assertTrue(stopped.err().contains("run: was deleted or renamed"), stopped.err());
            assertTrue(stopped.err().contains("under its new name"), stopped.err());
            assertNobodyIsLeft();
        }
        assertFalse(Files.exists(run), "nothing is made where the run was");
        String log = Files.readString(folder.resolve("elsewhere/run.log"));
        assertTrue(log.contains("stopped: ") && log.contains("was deleted or renamed"), log);
        Said verified = Said.by("verify", folder.resolve("elsewhere").toString());
        assertEquals(ExitCode.DONE, verified.code(), verified.all());
    }

    @Test
    void theDirectoryIsDeleted() throws Exception {
        try (AevoProcess master = working()) {
            deleteTree();
            AevoProcess.Result stopped = master.await();
            assertEquals(ExitCode.RESUMABLE, stopped.code(), stopped.err());
            assertTrue(stopped.err().contains("was deleted or renamed"), stopped.err());
            assertFalse(stopped.err().contains("goes on with what stands there"), stopped.err());
        }
    }

    /** A run of another takes the name: not one of its files is touched. */
    @Test
    void theDirectoryIsReplacedByAnotherRun() throws Exception {
        AevoProcess.Result other =
                AevoProcess.run(folder, "run", "input.yaml", "-o", "other", "--seed", "9", "--evaluations", "8");
        assertEquals(ExitCode.DONE, other.code(), other.err());
        Map<String, byte[]> before = files(folder.resolve("other"));
        try (AevoProcess master = working()) {
            Files.move(run, folder.resolve("elsewhere"));
            Files.move(folder.resolve("other"), run);
            AevoProcess.Result stopped = master.await();
            assertEquals(ExitCode.RESUMABLE, stopped.code(), stopped.err());
            assertTrue(stopped.err().contains("another took its place"), stopped.err());
        }
        Map<String, byte[]> after = files(run);
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
    }

    @Test
    void theJournalIsReplacedByACopy() throws Exception {
        try (AevoProcess master = working()) {
            Path copy = run.resolve("copy");
            Files.copy(paths.journal(), copy);
            Files.move(copy, paths.journal(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            byte[] bytes = Files.readAllBytes(paths.journal());
            AevoProcess.Result stopped = master.await();
            assertEquals(ExitCode.RESUMABLE, stopped.code(), stopped.err());
            assertTrue(stopped.err().contains("run.journal: is not what this process opened"), stopped.err());
            assertArrayEquals(bytes, Files.readAllBytes(paths.journal()));
        }
        AevoProcess.Result resumed = AevoProcess.run(folder, "run", "--resume", "run", "--evaluations", "60");
        assertEquals(ExitCode.DONE, resumed.code(), resumed.err());
    }

    /** A master at work, some evaluations and a snapshot behind it. */
    private AevoProcess working() throws Exception {
        AevoProcess master = AevoProcess.start(folder, Map.of(), "run", "input.yaml", "-o", "run");
        Instant end = Instant.now().plus(Duration.ofSeconds(100));
        while (!Files.exists(paths.hdf5()) || RunHistory.read(paths.journal()).evaluated() < 10) {
            assertTrue(Instant.now().isBefore(end) && master.process().isAlive(), master.errorOutput());
            Thread.sleep(50);
        }
        workers = master.process().descendants().toList();
        return master;
    }

    /** Workers end as in any stop. */
    private void assertNobodyIsLeft() throws InterruptedException {
        assertFalse(workers.isEmpty());
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (workers.stream().anyMatch(ProcessHandle::isAlive)) {
            assertTrue(Instant.now().isBefore(end), "workers go on without their master");
            Thread.sleep(50);
        }
    }

    /** As rm -r does, while files may come. */
    private void deleteTree() throws IOException {
        try (Stream<Path> inside = Files.walk(run)) {
            for (Path file : inside.sorted((a, b) -> b.compareTo(a)).toList()) {
                if (!file.equals(run)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.deleteIfExists(run);
    }

    private static Map<String, byte[]> files(Path directory) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> inside = Files.walk(directory)) {
            for (Path file : inside.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }
}

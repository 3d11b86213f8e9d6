package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aevo.record.Outside;
import org.aevo.record.RunHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Watching runs in progress from another process. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class FollowTest {
    private static final String INPUT =
            """
            name: watched
            seed: 3
            budget: {evaluations: 100000}
            evolution: {population: 6, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.1, cv: 0.3}
            cluster: {workers: 2, grace: 2}
            """;

    @TempDir
    Path folder;

    private AevoProcess aevo(String... command) throws Exception {
        return AevoProcess.start(folder, Map.of(), command);
    }

    private static RunHistory read(Path journal) throws Exception {
        return RunHistory.read(journal);
    }

    private String watchedOnATerminal() throws Exception {
        List<String> command = new ArrayList<>(List.of(folder.toString()));
        command.addAll(AevoProcess.program("-Daevo.terminal.output=true"));
        command.addAll(List.of("show", "--follow", "run"));
        try (InputStream script = FollowTest.class.getResourceAsStream("watch_on_terminal.py")) {
            return Outside.python(
                            new String(script.readAllBytes(), StandardCharsets.UTF_8), command.toArray(String[]::new))
                    .strip();
        }
    }

    private int watchedOnAFullDevice() throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" >/dev/full", "sh"));
        command.addAll(AevoProcess.program());
        try (AevoProcess follow = AevoProcess.start(command, folder, Map.of(), "show", "--follow", "run")) {
            return follow.await().code();
        }
    }

    @Test
    void aLostWorkerAndADeadMasterAreSeenFromBeforeTheStartToTheEnd() throws Exception {
        Files.writeString(folder.resolve("input.yaml"), INPUT);
        Path journal = folder.resolve("run/run.journal");
        try (AevoProcess follow = aevo("show", "--follow", "run")) {
            Waiting.until(() -> follow.errorOutput().contains("run: no run there yet, waiting for one"));
            try (AevoProcess run = aevo("run", "input.yaml", "-o", "run")) {
                Waiting.until(() -> Files.exists(journal) && read(journal).evaluated() >= 3);
                long victim = read(journal).workers().get(0).joined().pid();
                ProcessHandle.of(victim).orElseThrow().destroyForcibly();
                Waiting.until(() -> read(journal).workers().size() >= 3);
                assertEquals("130 True", watchedOnATerminal());
                assertEquals(ExitCode.FAILED, watchedOnAFullDevice());
                // a line every ten seconds
                Waiting.until(() -> follow.output().contains(" 1 lost so far"));
                assertTrue(follow.process().isAlive());
                run.process().destroyForcibly().waitFor();
            }
            AevoProcess.Result seen = follow.await();
            assertEquals(ExitCode.RESUMABLE, seen.code(), seen.err());
            assertTrue(
                    seen.err().contains("its master died without a word; 'aevo run --resume run' goes on"), seen.err());
            assertTrue(seen.out().contains("in progress, or its master was killed"), seen.out());
            assertFalse(seen.out().contains("\u001b"), "control codes where there is no terminal");
        }
        byte[] left = Files.readAllBytes(journal);

        // as its input then says, the run is to end soon: the watcher has that from there
        Path input = folder.resolve("run/input.yaml");
        int total = read(journal).evaluated() + 30;
        Files.writeString(input, Files.readString(input).replace("evaluations: 100000", "evaluations: " + total));
        try (AevoProcess resumed = aevo("run", "--resume", "run")) {
            Waiting.until(() -> read(journal).sessions().size() == 2);
            try (AevoProcess follow = aevo("show", "--follow", "run")) {
                AevoProcess.Result seen = follow.await();
                assertEquals(ExitCode.DONE, seen.code(), seen.err());
                assertTrue(seen.out().contains("  " + total + "/" + total + " evaluated"), seen.out());
                assertTrue(seen.out().contains("complete: all " + total + " evaluations are done"), seen.out());
                assertEquals(
                        List.of("aevo: the run is complete: all " + total + " evaluations are done"),
                        seen.err().lines().toList());
            }
            assertEquals(ExitCode.DONE, resumed.await().code());
        }
        assertTrue(Files.size(journal) > left.length);
        try (var files = Files.list(folder.resolve("run"))) {
            assertEquals(
                    List.of("best", "input.yaml", "run.h5", "run.journal", "run.lock", "run.log"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
    }
}

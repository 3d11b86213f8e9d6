package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aevo.record.RunHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a terminal that goes away, {@code nohup} and options of the virtual machine make of a run. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class HangupTest {
    private static final String INPUT =
            """
            name: signalled
            seed: 3
            budget: {evaluations: 100000}
            evolution: {population: 6, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.1, cv: 0.3}
            cluster: {workers: 2, grace: 5}
            """;

    @TempDir
    Path folder;

    private Path journal(String run) {
        return folder.resolve(run).resolve("run.journal");
    }

    private AevoProcess start(List<String> program, String run, String... options) throws IOException {
        Path input = Files.writeString(folder.resolve("input.yaml"), INPUT);
        List<String> arguments = new ArrayList<>(List.of("run", input.toString(), "-o", run));
        arguments.addAll(List.of(options));
        return AevoProcess.start(program, folder, Map.of(), arguments.toArray(String[]::new));
    }

    private void awaitMore(String run, int evaluations) throws Exception {
        Path journal = journal(run);
        int before = Files.exists(journal) ? RunHistory.read(journal).evaluated() : 0;
        Waiting.until(() -> Files.exists(journal)
                && RunHistory.read(journal).evaluated() >= before + evaluations
                && RunHistory.read(journal).workers().size() == 2);
    }

    private static void send(String signal, ProcessHandle process) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor());
    }

    /** As a terminal's end does: to all, and to the first of them by its shell as well. */
    private static void hangUp(AevoProcess aevo) throws Exception {
        for (ProcessHandle worker : aevo.workers()) {
            send("HUP", worker);
        }
        send("HUP", aevo.process().toHandle());
        send("HUP", aevo.process().toHandle());
    }

    @Test
    void aTerminalThatGoesAwayLeavesARunThatCanBeResumed() throws Exception {
        try (AevoProcess aevo = start(AevoProcess.program(), "hangup")) {
            awaitMore("hangup", 3);
            hangUp(aevo);
            AevoProcess.Result result = aevo.await();
            assertEquals(129, result.code(), result.err());
            assertTrue(result.err().contains("stopping (SIGHUP)"), result.err());
        }
        RunHistory history = RunHistory.read(journal("hangup"));
        assertTrue(history.ended().isPresent() && !history.complete());
        assertTrue(history.workers().stream().noneMatch(w -> w.lost()), "workers leave it to their master");
        AevoProcess.Result resumed = AevoProcess.run(
                folder, "run", "--resume", "hangup", "--evaluations", Integer.toString(history.evaluated() + 5));
        assertEquals(ExitCode.DONE, resumed.code(), resumed.err());
    }

    @Test
    void whatIgnoresHangupsGoesOn() throws Exception {
        List<String> program = new ArrayList<>(List.of("nohup"));
        program.addAll(AevoProcess.program());
        try (AevoProcess aevo = start(program, "nohup")) {
            awaitMore("nohup", 3);
            hangUp(aevo);
            awaitMore("nohup", 20);
            send("TERM", aevo.process().toHandle());
            AevoProcess.Result result = aevo.await();
            assertEquals(143, result.code(), result.err());
            assertFalse(result.err().contains("SIGHUP"), result.err());
        }
        assertTrue(RunHistory.read(journal("nohup")).workers().stream().noneMatch(w -> w.lost()));
    }

    @Test
    void aVirtualMachineThatKeepsSignalsForItselfIsSaid() throws Exception {
        try (AevoProcess aevo = start(AevoProcess.program("-Xrs"), "xrs", "--evaluations", "6")) {
            AevoProcess.Result result = aevo.await();
            assertEquals(ExitCode.DONE, result.code(), result.err());
            assertTrue(result.err().contains("SIGINT, SIGTERM, SIGHUP will end this process at once"), result.err());
        }
    }
}

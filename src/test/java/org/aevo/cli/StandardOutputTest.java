package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aevo.record.RunHistory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be printed is not lost in silence. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class StandardOutputTest {
    private static final String FULL = "standard output cannot be written (No space left on device)";

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeARun() throws Exception {
        Files.writeString(
                folder.resolve("in.yaml"),
                """
                seed: 3
                budget: {evaluations: 12}
                evolution: {population: 4}
                space: {latent: 1}
                evaluator: {kind: simulated, mean-seconds: 0.01}
                cluster: {workers: 1}
                """);
        // the run is made whatever becomes of what it prints
        AevoProcess.Result run = inAShell("exec \"$@\" >/dev/full", "run", "in.yaml", "-o", "run");
        assertEquals(ExitCode.FAILED, run.code(), run.err());
        assertTrue(run.err().contains("all 12 evaluations are done"), run.err());
        assertTrue(run.err().contains(FULL), run.err());
        assertTrue(RunHistory.read(folder.resolve("run/run.journal")).complete());
    }

    /** A command line for bash, in which {@code "$@"} is the program. */
    private static AevoProcess.Result inAShell(String script, String... arguments) throws Exception {
        List<String> shell = new ArrayList<>(List.of("bash", "-o", "pipefail", "-c", script, "bash"));
        shell.addAll(AevoProcess.program());
        try (AevoProcess aevo = AevoProcess.start(shell, folder, Map.of(), arguments)) {
            return aevo.await();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"show run", "show run --csv", "run in.yaml -o other --dry-run", "verify run", "--help"})
    void aFullDeviceIsSaidAndAFailure(String command) throws Exception {
        AevoProcess.Result full = inAShell("exec \"$@\" >/dev/full", command.split(" "));
        assertEquals(ExitCode.FAILED, full.code(), full.err());
        assertEquals(1, full.err().lines().filter(line -> line.contains(FULL)).count(), full.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"show run --json", "run in.yaml -o other --dry-run"})
    void aReaderThatHasEnoughIsNothingToSay(String command) throws Exception {
        AevoProcess.Result closed = inAShell("\"$@\" | true", command.split(" "));
        assertEquals(141, closed.code(), closed.err());
        assertTrue(closed.err().isEmpty(), closed.err());
    }
}

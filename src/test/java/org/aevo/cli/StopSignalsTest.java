package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aevo.record.RunHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One signal that arrives twice, and two signals. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class StopSignalsTest {
    /** A first evaluation that comes at once, and others that outlast the grace time. */
    private static final String INPUT =
            """
            name: signalled
            seed: 3
            budget: {evaluations: 100000}
            evolution: {population: 6, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.3, cv: 0.3}
            cluster: {workers: 1, grace: 0}
            """;

    @TempDir
    Path folder;

    private static void signal(String name, AevoProcess process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.process().pid()))
                .start()
                .waitFor();
    }

    private AevoProcess start(Map<String, String> environment, String input) throws Exception {
        Path file = Files.writeString(folder.resolve("input.yaml"), input);
        AevoProcess aevo = AevoProcess.start(folder, environment, "run", file.toString(), "-o", "run");
        Path journal = folder.resolve("run/run.journal");
        Waiting.until(() -> Files.exists(journal)
                && RunHistory.read(journal).workers().stream().anyMatch(w -> w.present()));
        return aevo;
    }

    private RunHistory history() throws Exception {
        return RunHistory.read(folder.resolve("run/run.journal"));
    }

    @Test
    void aSignalThatIsPassedOnAndComesDirectlyIsOne() throws Exception {
        try (AevoProcess aevo = start(Map.of(), INPUT)) {
            for (String name : List.of("INT", "TERM", "INT")) {
                signal(name, aevo);
            }
            AevoProcess.Result result = aevo.await();
            assertTrue(result.code() > ExitCode.SIGNAL, result.err());
            assertTrue(result.err().contains("goes on"), result.err());
        }
        assertTrue(history().ended().isPresent());
    }

    @Test
    void aSecondSignalEndsItAtOnceAndTheSecretIsGone() throws Exception {
        String patient = INPUT.replace("grace: 0", "grace: 600").replace("mean-seconds: 0.3", "mean-seconds: 600");
        // as rank 0 of several, whose meeting file holds the secret
        Map<String, String> rank = new HashMap<>(Map.of(
                "SLURM_JOB_ID",
                "4712",
                "SLURM_STEP_ID",
                "0",
                "SLURM_NTASKS",
                "2",
                "SLURM_LOCALID",
                "0",
                "SLURMD_NODENAME",
                "localhost"));
        rank.put("SLURM_PROCID", "1");
        Path file = Files.writeString(folder.resolve("input.yaml"), patient);
        try (AevoProcess worker = AevoProcess.start(folder, rank, "run", file.toString(), "-o", "run")) {
            rank.put("SLURM_PROCID", "0");
            try (AevoProcess aevo = start(rank, patient)) {
                assertEquals(1, meetingFiles());
                signal("INT", aevo);
                Waiting.until(() -> aevo.errorOutput().contains("stopping (SIGINT)"));
                Waiting.until(
                        () -> { // seconds later a person has lost patience
                            signal("INT", aevo);
                            return aevo.process().waitFor(300, TimeUnit.MILLISECONDS);
                        });
                assertEquals(ExitCode.SIGNAL + 2, aevo.await().code());
                assertFalse(history().ended().isPresent());
                assertEquals(0, meetingFiles());
            }
        }
    }

    private long meetingFiles() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(".aevo-4712."))
                    .count();
        }
    }
}

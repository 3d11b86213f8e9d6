package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.aevo.record.Outside;
import org.aevo.record.RunHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole benches: a process for the bench, one for each master, and their workers. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class BenchTest {
    private static final String INPUT =
            """
            name: simulated
            seed: 3
            budget: {evaluations: 24}
            evolution: {population: 6, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.1, cv: 0.3}
            cluster: {grace: 2}
            """;

    @TempDir
    Path folder;

    private AevoProcess bench(String... options) throws Exception {
        Files.writeString(folder.resolve("input.yaml"), INPUT);
        List<String> command = new ArrayList<>(List.of("bench", "input.yaml", "-o", "b"));
        command.addAll(List.of(options));
        return AevoProcess.start(folder, Map.of(), command.toArray(String[]::new));
    }

    private AevoProcess.Result benched(String... options) throws Exception {
        try (AevoProcess bench = bench(options)) {
            return bench.await();
        }
    }

    private RunHistory history(String run) throws Exception {
        return RunHistory.read(folder.resolve("b").resolve(run).resolve("run.journal"));
    }

    private boolean hasEvaluated(String run) throws Exception {
        return Files.exists(folder.resolve("b").resolve(run).resolve("run.journal"))
                && history(run).evaluated() >= 3;
    }

    private static void interrupt(long... processes) throws Exception {
        for (long process : processes) {
            new ProcessBuilder("kill", "-INT", Long.toString(process)).start().waitFor();
        }
    }

    @Test
    void aBenchThatIsInterruptedGoesOnAndMakesNothingTwice() throws Exception {
        // whatever the load of this machine, it is not complete before it is interrupted
        try (AevoProcess bench =
                bench("--workers", "2,1", "--modes", "async", "--repeats", "1", "--evaluations", "100000")) {
            Waiting.until(() -> hasEvaluated("async-2w-r1"));
            // a terminal's Ctrl-C reaches both
            ProcessHandle master = bench.process().children().findFirst().orElseThrow();
            interrupt(bench.process().pid(), master.pid());
            AevoProcess.Result stopped = bench.await();
            assertEquals(130, stopped.code(), stopped.err());
            assertTrue(
                    stopped.err().contains("0 of 2 runs in b are complete; the same command goes on"), stopped.err());
            assertTrue(stopped.out().contains("SIMULATED  stopped, see b/async-2w-r1.out"), stopped.out());
        }
        RunHistory first = history("async-2w-r1");
        assertTrue(first.ended().isPresent() && !first.complete(), "not stopped cleanly");
        assertFalse(Files.exists(folder.resolve("b/async-1w-r1")));

        int enough = first.evaluated() + 10;
        Path input = folder.resolve("b/async-2w-r1/input.yaml");
        Files.writeString(input, Files.readString(input).replace("evaluations: 100000", "evaluations: " + enough));
        String[] two = {
            "--workers", "2,1", "--modes", "async", "--repeats", "1", "--evaluations", Integer.toString(enough)
        };
        AevoProcess.Result done = benched(two);
        assertEquals(ExitCode.DONE, done.code(), done.err());
        assertTrue(done.err().contains("1 of 2: async-2w-r1 goes on"), done.err());
        assertTrue(done.err().contains("next: 'aevo report b -o b-report'"), done.err());
        assertEquals(
                2, done.out().lines().filter(l -> l.endsWith("  SIMULATED")).count(), done.out());
        for (int workers = 1; workers <= 2; workers++) {
            RunHistory history = history("async-" + workers + "w-r1");
            assertTrue(history.complete());
            assertEquals(enough, history.evaluated());
            assertEquals(workers, history.sessions().size());
            assertEquals(workers, history.started().orElseThrow().workers());
            assertEquals(3, history.started().orElseThrow().seed());
            String marked = Outside.python(
                    "import h5py, sys; print(h5py.File(sys.argv[1]).attrs['simulated'])",
                    folder.resolve("b/async-" + workers + "w-r1/run.h5").toString());
            assertEquals("1", marked.strip());
        }

        byte[] journal = Files.readAllBytes(folder.resolve("b/async-1w-r1/run.journal"));
        AevoProcess.Result again = benched(two);
        assertEquals(ExitCode.DONE, again.code(), again.err());
        assertTrue(again.err().contains("2 of 2: async-1w-r1 is complete already"), again.err());
        assertEquals(done.out(), again.out());
        assertArrayEquals(journal, Files.readAllBytes(folder.resolve("b/async-1w-r1/run.journal")));

        AevoProcess.Result other =
                benched("--evaluations", Integer.toString(enough), "--set", "evolution.tournament=3");
        assertEquals(ExitCode.USAGE, other.code(), other.err());
        assertTrue(other.err().contains("(evolution.tournament was 2, is 3 in "), other.err());
        assertTrue(other.err().contains(" and 1 more)"), other.err());
        assertEquals(1, other.err().lines().count(), other.err());

        damage(folder.resolve("b/async-2w-r1/run.journal"));
        AevoProcess.Result damaged = benched(
                "--workers", "2", "--modes", "async", "--repeats", "2", "--evaluations", Integer.toString(enough));
        assertEquals(ExitCode.FAILED, damaged.code(), damaged.err());
        assertTrue(damaged.out().contains("FAILED: b/async-2w-r1/run.journal"), damaged.out());
        assertTrue(history("async-2w-r2").complete());
        assertEquals(4, history("async-2w-r2").started().orElseThrow().seed());
    }

    /** Turns over a byte in the middle of a file. */
    private static void damage(Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void aRunWhoseBenchIsKilledStopsCleanly() throws Exception {
        ProcessHandle master;
        try (AevoProcess bench = bench("--evaluations", "100000", "--workers", "1")) {
            Waiting.until(() -> hasEvaluated("sync-1w-r1"));
            AevoProcess.Result second = benched("--evaluations", "100000");
            assertEquals(ExitCode.FAILED, second.code(), second.err());
            assertTrue(second.err().contains("another 'aevo bench' works there"), second.err());
            master = bench.process().children().findFirst().orElseThrow();
            bench.process().destroyForcibly().waitFor();
            master.onExit().get(30, TimeUnit.SECONDS);
        }
        assertEquals(
                "what started this run is gone",
                history("sync-1w-r1").ended().orElseThrow().reason());
    }
}

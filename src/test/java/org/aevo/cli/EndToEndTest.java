package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aevo.mpi.RunSecret;
import org.aevo.record.JournalReader;
import org.aevo.record.RunData;
import org.aevo.record.RunHistory;
import org.aevo.record.RunReader;
import org.aevo.search.EvaluationStatus;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole runs in real virtual machines: one master, its workers, files, exit codes. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
@Order(3)
class EndToEndTest {
    private static final String TRAINED =
            """
            name: small
            seed: 3
            budget: {evaluations: 8}
            evolution: {population: 4, min-population: 3, tournament: 2}
            space: {family: dense, latent: 2, max-genes: 2, units: [4, 16]}
            training: {epochs: 3}
            data: {kind: swiss-roll, samples: 300}
            cluster: {workers: 2}
            """;

    private static final String SIMULATED =
            """
            name: simulated
            seed: 3
            mode: sync
            budget: {evaluations: 24}
            evolution: {population: 6, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.1, cv: 0.3}
            cluster: {workers: 2, grace: 2}
            """;

    @TempDir
    Path folder;

    private Path input(String yaml) throws IOException {
        return Files.writeString(folder.resolve("input.yaml"), yaml);
    }

    private static List<String> decisions(Path run) throws IOException {
        RunHistory history = RunHistory.read(run.resolve("run.journal"));
        List<String> rows = new ArrayList<>();
        for (long id = 0; id < history.asked(); id++) {
            rows.add(history.candidate(id) + " "
                    + history.evaluation(id).map(r -> r.evaluation().fitness() + " " + r.insertion()));
        }
        return rows;
    }

    @Test
    void autoencodersEvolveOverSeveralVirtualMachines() throws Exception {
        input(TRAINED);
        AevoProcess.Result run = AevoProcess.run(folder, "run", "input.yaml");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        Path directory = folder.resolve("runs/small");
        assertTrue(run.out().contains("8 evaluations"), run.out());
        assertTrue(run.out().contains("= 1.0000"), run.out());

        RunHistory history = RunHistory.read(directory.resolve("run.journal"));
        assertTrue(history.complete());
        assertEquals(8, history.evaluated());
        // the second may still be starting when eight short evaluations are done
        assertTrue(history.workers().size() <= 2);
        long pids =
                history.workers().stream().map(w -> w.joined().pid()).distinct().count();
        assertEquals(history.workers().size(), pids);
        assertTrue(history.workers().stream()
                .noneMatch(w -> w.joined().pid() == ProcessHandle.current().pid()));
        assertFalse(Double.isNaN(history.bestFitness()));
        assertTrue(Files.exists(directory.resolve("best/genome.txt")));
        assertEquals(
                "name: small",
                Files.readAllLines(directory.resolve("input.yaml")).get(0));

        AevoProcess.Result verify = AevoProcess.run(folder, "verify", "runs/small");
        assertEquals(ExitCode.DONE, verify.code(), verify.out() + verify.err());
        assertTrue(verify.out().contains("8 candidates and 8 evaluations reproduced"), verify.out());

        Path hdf5 = directory.resolve("run.h5");
        Files.write(hdf5, new byte[] {1, 2, 3});
        AevoProcess.Result recover = AevoProcess.run(folder, "recover", "runs/small");
        assertEquals(ExitCode.DONE, recover.code(), recover.err());
        assertTrue(Files.size(hdf5) > 10_000);

        AevoProcess.Result show = AevoProcess.run(folder, "show", "runs/small", "--top", "3");
        assertEquals(ExitCode.DONE, show.code(), show.err());
        assertTrue(show.out().contains("layer by layer"), show.out());

        String kept = Files.readString(directory.resolve("input.yaml"));
        Files.writeString(directory.resolve("input.yaml"), kept.replace("epochs: 3", "epochs: 2"));
        AevoProcess.Result changed = AevoProcess.run(folder, "run", "--resume", "runs/small", "--evaluations", "10");
        assertEquals(ExitCode.USAGE, changed.code(), changed.err());
        assertTrue(changed.err().contains("training.epochs was 3, is 2"), changed.err());
        Files.delete(directory.resolve("input.yaml"));

        AevoProcess.Result more = AevoProcess.run(folder, "run", "--resume", "runs/small", "--evaluations", "10");
        assertEquals(ExitCode.DONE, more.code(), more.err());
        assertEquals(10, RunHistory.read(directory.resolve("run.journal")).evaluated());
    }

    /** The workers train with the engine of the option, and run.h5 and the log say so. */
    @Test
    void theOtherEngineTrainsToo() throws Exception {
        input(TRAINED);
        AevoProcess.Result run =
                AevoProcess.run(folder, "run", "input.yaml", "--engine", "torch", "--evaluations", "4");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertTrue(run.err().contains("(torch " + Build.libraryVersion("pytorch") + ")"), run.err());
        Path directory = folder.resolve("runs/small");
        assertTrue(Files.readString(directory.resolve("input.yaml")).contains("\n  engine: torch\n"));
        assertTrue(Files.readString(directory.resolve("run.log")).contains("torch on cpu"));

        RunData data = RunReader.read(directory.resolve("run.h5"));
        assertEquals(Build.libraryVersion("pytorch"), data.about().libraries().get("pytorch"));
        assertFalse(data.about().libraries().containsKey("deeplearning4j"));
        assertEquals(Set.of("torch on cpu"), Set.of(data.workers().texts("device")[0]));
        assertEquals(4, data.evaluations().rows());
        assertTrue(RunHistory.read(directory.resolve("run.journal")).bestFitness() < 0.2);

        AevoProcess.Result report = AevoProcess.run(folder, "report", "runs/small", "-o", "report");
        assertEquals(ExitCode.DONE, report.code(), report.err());
        AevoProcess.Result resumed =
                AevoProcess.run(folder, "run", "--resume", "runs/small", "--engine", "dl4j", "--evaluations", "6");
        assertEquals(ExitCode.USAGE, resumed.code(), resumed.err());
    }

    @Test
    void aSynchronousRunIsTheSameWithOneTwoAndThreeWorkers() throws Exception {
        String input = input(TRAINED).toString();
        for (String workers : List.of("1", "2", "3")) {
            AevoProcess.Result run = AevoProcess.run(
                    folder, "run", input, "-o", "with-" + workers, "--mode", "sync", "--workers", workers);
            assertEquals(ExitCode.DONE, run.code(), run.err());
        }
        List<String> one = decisions(folder.resolve("with-1"));
        assertEquals(8, one.size());
        assertEquals(one, decisions(folder.resolve("with-2")));
        assertEquals(one, decisions(folder.resolve("with-3")));
    }

    /** ClassifierSearchTest has the same without processes. */
    @Test
    @Tag("long")
    void aSynchronousRunOfClassifiersIsTheSameWithOneAndThreeWorkers() throws Exception {
        String input = input(SIMULATED
                        .replace("latent: 8", "head-max-genes: 2")
                        .replace("mean-seconds: 0.1", "mean-seconds: 0.02")
                        .replace("space:", "task: {kind: classify}\nspace:"))
                .toString();
        for (String workers : List.of("1", "3")) {
            AevoProcess.Result run =
                    AevoProcess.run(folder, "run", input, "-o", "classifiers-" + workers, "--workers", workers);
            assertEquals(ExitCode.DONE, run.code(), run.err());
        }
        List<String> one = decisions(folder.resolve("classifiers-1"));
        assertEquals(24, one.size());
        assertTrue(one.stream().allMatch(row -> row.contains(" | softmax | ")), one::toString);
        assertEquals(one, decisions(folder.resolve("classifiers-3")));
        assertEquals(
                ExitCode.DONE,
                AevoProcess.run(folder, "verify", "classifiers-3").code());
    }

    @Test
    void ranksThatALauncherStartedFindEachOther() throws Exception {
        String input = input(SIMULATED).toString();
        List<AevoProcess> ranks = new ArrayList<>();
        try {
            for (int rank = 3; rank >= 0; rank--) {
                Map<String, String> environment = Map.of(
                        "SLURM_JOB_ID", "4711",
                        "SLURM_STEP_ID", "0",
                        "SLURM_NTASKS", "4",
                        "SLURM_PROCID", Integer.toString(rank),
                        "SLURMD_NODENAME", "localhost");
                ranks.add(
                        AevoProcess.start(folder, environment, "run", input, "-o", "cluster", "--evaluations", "120"));
            }
            for (AevoProcess rank : ranks) {
                AevoProcess.Result result = rank.await();
                assertEquals(ExitCode.DONE, result.code(), result.err());
            }
        } finally {
            for (AevoProcess rank : ranks) {
                rank.close();
            }
        }
        RunHistory history = RunHistory.read(folder.resolve("cluster/run.journal"));
        assertEquals(120, history.evaluated());
        assertEquals(3, history.workers().size());
        try (Stream<Path> left = Files.list(folder)) {
            assertTrue(left.noneMatch(f -> f.getFileName().toString().startsWith(".aevo")), "the secret stays behind");
        }
        assertEquals(
                ExitCode.DONE,
                AevoProcess.run(
                                folder,
                                "run",
                                input,
                                "-o",
                                "local",
                                "--evaluations",
                                "120",
                                "--set",
                                "evaluator.mean-seconds=0.001")
                        .code());
        assertEquals(decisions(folder.resolve("local")), decisions(folder.resolve("cluster")));
    }

    @Test
    void aSecondRunFindsAPlaceOfItsOwnAndAGivenPlaceIsNeverReused() throws Exception {
        input(SIMULATED.replace("evaluations: 24", "evaluations: 6"));
        assertEquals(ExitCode.DONE, AevoProcess.run(folder, "run", "input.yaml").code());
        assertEquals(ExitCode.DONE, AevoProcess.run(folder, "run", "input.yaml").code());
        assertTrue(Files.exists(folder.resolve("runs/simulated-2/run.h5")));
        AevoProcess.Result replayed = AevoProcess.run(
                folder,
                "run",
                "input.yaml",
                "--set",
                "evaluator.distribution=recorded",
                "--set",
                "evaluator.run=runs/simulated");
        assertEquals(ExitCode.DONE, replayed.code(), replayed.err());
        AevoProcess.Result taken = AevoProcess.run(folder, "run", "input.yaml", "-o", "runs/simulated");
        assertEquals(ExitCode.USAGE, taken.code());
        assertTrue(taken.err().contains("runs/simulated"), taken.err());
    }

    @Test
    void aKilledWorkerAndAKilledMasterCostNothing() throws Exception {
        String input = input(SIMULATED).toString();
        Path journal = folder.resolve("broken/run.journal");
        // a budget that does not end before the test has done its harm
        try (AevoProcess aevo =
                AevoProcess.start(folder, Map.of(), "run", input, "-o", "broken", "--evaluations", "100000")) {
            Waiting.until(() -> Files.exists(journal)
                    && RunHistory.read(journal).evaluated() >= 3
                    && RunHistory.read(journal).workers().size() == 2);
            long victim = RunHistory.read(journal).workers().get(0).joined().pid();
            ProcessHandle.of(victim).orElseThrow().destroyForcibly();
            Waiting.until(() -> RunHistory.read(journal).workers().size() >= 3);
            int sofar = RunHistory.read(journal).evaluated();
            Waiting.until(() -> RunHistory.read(journal).evaluated() >= sofar + 8);
            List<ProcessHandle> workers = aevo.workers();
            aevo.process().destroyForcibly().waitFor();
            for (ProcessHandle orphan : workers) {
                orphan.onExit().get(20, TimeUnit.SECONDS);
            }
        }
        String enough = Integer.toString(RunHistory.read(journal).asked() + 7);
        AevoProcess.Result resumed = AevoProcess.run(folder, "run", "--resume", "broken", "--evaluations", enough);
        assertEquals(ExitCode.DONE, resumed.code(), resumed.err());
        AevoProcess.Result whole = AevoProcess.run(folder, "run", input, "-o", "whole", "--evaluations", enough);
        assertEquals(ExitCode.DONE, whole.code(), whole.err());
        assertEquals(decisions(folder.resolve("whole")), decisions(folder.resolve("broken")));
        assertEquals(ExitCode.DONE, AevoProcess.run(folder, "verify", "broken").code());
    }

    @Test
    void aCandidateThatKillsItsOnlyWorkerEachTimeDoesNotEndTheRun() throws Exception {
        Path input =
                input(SIMULATED.replace("evaluations: 24", "evaluations: 6").replace("0.1", "1.5"));
        Path journal = folder.resolve("killer/run.journal");
        try (AevoProcess aevo =
                AevoProcess.start(folder, Map.of(), "run", input.toString(), "-o", "killer", "--workers", "1")) {
            for (int joined = 1; joined <= 3; joined++) {
                int workers = joined;
                Waiting.until(() -> Files.exists(journal)
                        && RunHistory.read(journal).asked() > 0
                        && RunHistory.read(journal).attempts(0) >= workers);
                aevo.worker().destroyForcibly();
            }
            AevoProcess.Result result = aevo.await();
            assertEquals(ExitCode.DONE, result.code(), result.err());
        }
        RunHistory history = RunHistory.read(journal);
        assertEquals(
                EvaluationStatus.WORKER_LOST,
                history.evaluation(0).orElseThrow().evaluation().status());
        assertEquals(6, history.evaluated());
    }

    @Test
    void aMasterKilledInItsFirstOrLastMomentLeavesARunThatCanBeResumed() throws Exception {
        input(SIMULATED.replace("evaluations: 24", "evaluations: 6"));
        Path journal = folder.resolve("moment/run.journal");
        assertEquals(
                ExitCode.DONE,
                AevoProcess.run(folder, "run", "input.yaml", "-o", "moment").code());
        byte[] bytes = Files.readAllBytes(journal);
        int last = 0;
        int first = 0;
        try (JournalReader reader = JournalReader.open(journal)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                first = first == 0 ? (int) next.get().offset() : first;
                last = (int) next.get().offset();
            }
        }
        for (int end : new int[] {0, first, last}) {
            Files.write(journal, Arrays.copyOf(bytes, end));
            AevoProcess.Result resumed = AevoProcess.run(folder, "run", "--resume", "moment");
            assertEquals(ExitCode.DONE, resumed.code(), resumed.err());
            RunHistory history = RunHistory.read(journal);
            assertEquals(6, history.evaluated());
            assertTrue(history.complete(), "killed after byte " + end);
            assertEquals(
                    ExitCode.DONE, AevoProcess.run(folder, "verify", "moment").code());
        }
    }

    @Test
    void aSecretInTheEnvironmentDoesNotReachTheWorkers() throws Exception {
        input(SIMULATED.replace("evaluations: 24", "evaluations: 6"));
        try (AevoProcess aevo =
                AevoProcess.start(folder, Map.of(RunSecret.VARIABLE, "0".repeat(64)), "run", "input.yaml")) {
            AevoProcess.Result result = aevo.await();
            assertEquals(ExitCode.DONE, result.code(), result.err());
        }
    }

    @Test
    void aFrozenWorkerIsReplaced() throws Exception {
        String input = input(SIMULATED).toString();
        Path journal = folder.resolve("frozen/run.journal");
        try (AevoProcess aevo = AevoProcess.start(
                folder,
                Map.of(),
                "run",
                input,
                "-o",
                "frozen",
                "--evaluations",
                "100000",
                "--set",
                "cluster.heartbeat-timeout=5")) {
            Waiting.until(() -> Files.exists(journal)
                    && RunHistory.read(journal).evaluated() >= 3
                    && RunHistory.read(journal).workers().size() == 2);
            long victim = RunHistory.read(journal).workers().get(1).joined().pid();
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-STOP", Long.toString(victim))
                            .start()
                            .waitFor());
            Waiting.until(() -> RunHistory.read(journal).workers().size() >= 3);
            int sofar = RunHistory.read(journal).evaluated();
            Waiting.until(() -> RunHistory.read(journal).evaluated() >= sofar + 8);
            assertTrue(ProcessHandle.of(victim).isEmpty()
                    || !ProcessHandle.of(victim).get().isAlive());
            aevo.process().destroy();
            assertEquals(143, aevo.await().code());
        }
        RunHistory history = RunHistory.read(journal);
        assertTrue(history.workers().get(1).lost());
        assertEquals(ExitCode.DONE, AevoProcess.run(folder, "verify", "frozen").code());
    }

    @Test
    void aSignalStopsCleanlyAndTheRunCanGoOn() throws Exception {
        Path input = input(SIMULATED.replace("evaluations: 24", "evaluations: 200"));
        Path journal = folder.resolve("stopped/run.journal");
        try (AevoProcess aevo = AevoProcess.start(folder, Map.of(), "run", input.toString(), "-o", "stopped")) {
            Waiting.until(
                    () -> Files.exists(journal) && RunHistory.read(journal).evaluated() >= 3);
            aevo.process().destroy();
            AevoProcess.Result result = aevo.await();
            assertEquals(143, result.code(), result.err());
            assertTrue(result.err().contains("--resume"), result.err());
        }
        RunHistory history = RunHistory.read(journal);
        assertTrue(history.ended().isPresent() && !history.complete());
        assertNotEquals(200, history.evaluated());
        assertEquals(
                ExitCode.DONE,
                AevoProcess.run(folder, "run", "--resume", "stopped").code());
        assertEquals(200, RunHistory.read(journal).evaluated());
    }

    @Test
    void aSecondMasterIsRefused() throws Exception {
        Path input = input(SIMULATED.replace("evaluations: 24", "evaluations: 100000"));
        Path journal = folder.resolve("mine/run.journal");
        try (AevoProcess aevo = AevoProcess.start(folder, Map.of(), "run", input.toString(), "-o", "mine")) {
            Waiting.until(
                    () -> Files.exists(journal) && RunHistory.read(journal).evaluated() >= 1);
            AevoProcess.Result second = AevoProcess.run(folder, "run", "--resume", "mine");
            assertEquals(ExitCode.FAILED, second.code(), second.err());
            assertTrue(second.err().contains("mine"), second.err());
            assertTrue(aevo.process().isAlive());
        }
    }
}

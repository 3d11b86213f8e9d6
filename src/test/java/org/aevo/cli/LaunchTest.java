package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aevo.record.RunHistory;
import org.aevo.search.EvaluationStatus;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How workers come to be, and come back: local ones, those of a launcher's ranks, with GPUs and without. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
@Order(4)
class LaunchTest {
    private static final String INPUT =
            """
            name: launched
            seed: 3
            mode: sync
            budget: {evaluations: 24}
            evolution: {population: 6, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.1, cv: 0.3}
            cluster: {workers: 2, grace: 2}
            """;

    /** What the shell makes of it. */
    private static final int SIGTERM = 128 + 15;

    @TempDir
    Path folder;

    private String input() throws IOException {
        return Files.writeString(folder.resolve("input.yaml"), INPUT).toString();
    }

    /** What a task of srun finds in its environment, as far as it matters here. */
    private static Map<String, String> task(int rank, int size) {
        return new HashMap<>(Map.of(
                "SLURM_JOB_ID",
                "4711",
                "SLURM_STEP_ID",
                "0",
                "SLURM_NTASKS",
                Integer.toString(size),
                "SLURM_PROCID",
                Integer.toString(rank),
                "SLURM_LOCALID",
                Integer.toString(rank),
                "SLURMD_NODENAME",
                "localhost"));
    }

    private static List<String> devices(RunHistory run) {
        return run.workers().stream().map(w -> w.joined().device()).sorted().toList();
    }

    /** A run that goes on until so many workers have joined, and is stopped then: how soon they do is up to the machine. */
    private RunHistory joined(String run, int workers, Map<String, String> environment, String... arguments)
            throws Exception {
        Path journal = folder.resolve(run).resolve("run.journal");
        List<String> all = new ArrayList<>(List.of("run", input(), "-o", run, "--evaluations", "100000"));
        all.addAll(List.of(arguments));
        try (AevoProcess aevo = AevoProcess.start(folder, environment, all.toArray(String[]::new))) {
            Waiting.until(() -> {
                assertTrue(aevo.process().isAlive(), aevo.errorOutput());
                return Files.exists(journal)
                        && RunHistory.read(journal).workers().size() >= workers;
            });
            aevo.process().destroy();
            AevoProcess.Result result = aevo.await();
            assertEquals(SIGTERM, result.code(), result.err());
        }
        return RunHistory.read(journal);
    }

    @Test
    void eachLocalWorkerIsGivenAGpuOfItsOwn() throws Exception {
        Map<String, String> two = Map.of("CUDA_VISIBLE_DEVICES", "4,6");
        List<String> gpus = List.of("--set", "cluster.gpus=yes");
        assertEquals(
                List.of("simulated, GPU 4", "simulated, GPU 6"),
                devices(joined("gpus", 2, two, gpus.toArray(String[]::new))));

        List<String> more = new ArrayList<>(gpus);
        more.addAll(List.of("--workers", "3"));
        List<String> refused = new ArrayList<>(List.of("run", input(), "-o", "more"));
        refused.addAll(more);
        try (AevoProcess aevo = AevoProcess.start(folder, two, refused.toArray(String[]::new))) {
            AevoProcess.Result result = aevo.await();
            assertEquals(ExitCode.USAGE, result.code(), result.err());
            assertTrue(result.err().contains("3 workers on this host, but 2 GPUs"), result.err());
            assertFalse(Files.exists(folder.resolve("more")));
        }
        more.addAll(List.of("--set", "cluster.workers-per-device=2"));
        assertEquals(
                List.of("simulated, GPU 4", "simulated, GPU 4", "simulated, GPU 6"),
                devices(joined("more", 3, two, more.toArray(String[]::new))));
    }

    @Test
    void manySimulatedWorkersFitAProcess() throws Exception {
        RunHistory history = joined(
                "many", 10, Map.of(), "--workers", "10", "--mode", "async", "--set", "cluster.workers-per-process=4");
        assertEquals(10, history.workers().size());
        assertEquals(
                3,
                history.workers().stream().map(w -> w.joined().pid()).distinct().count());
        assertTrue(history.workers().stream().noneMatch(w -> w.lost()));
    }

    @Test
    void aRankStartsItsDeadWorkerAgainAndTheRunEndsAsIfNothingHadBeen() throws Exception {
        String input = input();
        Path journal = folder.resolve("ranks/run.journal");
        List<AevoProcess> ranks = new ArrayList<>();
        try {
            for (int rank = 0; rank < 3; rank++) {
                Map<String, String> environment = task(rank, 3);
                environment.put("SLURM_GPUS_ON_NODE", "2");
                environment.put("CUDA_VISIBLE_DEVICES", "0,1");
                ranks.add(AevoProcess.start(folder, environment, "run", input, "-o", "ranks", "--evaluations", "150"));
            }
            Waiting.until(() -> Files.exists(journal)
                    && RunHistory.read(journal).workers().size() == 2
                    && RunHistory.read(journal).evaluated() >= 3);
            ranks.get(1).worker().destroyForcibly();
            for (AevoProcess rank : ranks) {
                AevoProcess.Result result = rank.await();
                assertEquals(ExitCode.DONE, result.code(), result.err());
            }
            assertTrue(
                    ranks.get(1).errorOutput().contains("SIGKILL"), ranks.get(1).errorOutput());
        } finally {
            for (AevoProcess rank : ranks) {
                rank.close();
            }
        }
        RunHistory history = RunHistory.read(journal);
        assertEquals(3, history.workers().size());
        assertEquals(new TreeSet<>(List.of("simulated, GPU 0", "simulated, GPU 1")), new TreeSet<>(devices(history)));
        assertEquals(
                ExitCode.DONE,
                AevoProcess.run(
                                folder,
                                "run",
                                input,
                                "-o",
                                "alone",
                                "--evaluations",
                                "150",
                                "--set",
                                "evaluator.mean-seconds=0.001")
                        .code());
        assertEquals(RunHistory.read(folder.resolve("alone/run.journal")).bestFitness(), history.bestFitness());
        assertEquals(ExitCode.DONE, AevoProcess.run(folder, "verify", "ranks").code());
    }

    @Test
    void aRankReplacesItsFrozenWorker() throws Exception {
        String input = input();
        Path journal = folder.resolve("frozen/run.journal");
        List<AevoProcess> ranks = new ArrayList<>();
        try {
            for (int rank = 0; rank < 2; rank++) {
                ranks.add(AevoProcess.start(
                        folder,
                        task(rank, 2),
                        "run",
                        input,
                        "-o",
                        "frozen",
                        "--evaluations",
                        "100000",
                        "--set",
                        "cluster.heartbeat-timeout=5"));
            }
            Waiting.until(
                    () -> Files.exists(journal) && RunHistory.read(journal).evaluated() >= 3);
            ProcessHandle worker = ranks.get(1).worker();
            new ProcessBuilder("kill", "-STOP", Long.toString(worker.pid()))
                    .start()
                    .waitFor();
            Waiting.until(() -> RunHistory.read(journal).workers().size() == 2);
            assertFalse(worker.isAlive());
            assertTrue(RunHistory.read(journal).workers().get(0).lost());
            ranks.get(0).process().destroy();
            assertEquals(ExitCode.RESUMABLE, ranks.get(0).await().code());
            assertEquals(ExitCode.DONE, ranks.get(1).await().code());
        } finally {
            for (AevoProcess rank : ranks) {
                rank.close();
            }
        }
    }

    /** As a scheduler suspends a job: one node after the other, and not in the order in which they go on. */
    @Test
    void aSuspensionCostsNoWorker() throws Exception {
        int silence = 5;
        String input = Files.writeString(
                        folder.resolve("input.yaml"),
                        INPUT.replace("grace: 2", "grace: 2, heartbeat-timeout: " + silence))
                .toString();
        Path journal = folder.resolve("suspended/run.journal");
        List<AevoProcess> ranks = new ArrayList<>();
        try {
            for (int rank = 0; rank < 3; rank++) {
                ranks.add(AevoProcess.start(
                        folder, task(rank, 3), "run", input, "-o", "suspended", "--evaluations", "100000"));
            }
            Waiting.until(() -> Files.exists(journal)
                    && RunHistory.read(journal).workers().stream()
                                    .filter(w -> w.evaluations() > 0)
                                    .count()
                            == 2);
            List<ProcessHandle> all = new ArrayList<>();
            for (AevoProcess rank : ranks) {
                all.add(rank.process().toHandle());
                rank.process().toHandle().descendants().forEach(all::add);
            }
            signal("STOP", all);
            int before = RunHistory.read(journal).evaluated();
            TimeUnit.SECONDS.sleep(silence + 2); // it is this time that must not count
            signal("CONT", all);
            // agents look once a second
            Waiting.until(() -> RunHistory.read(journal).evaluated() > before + 60);
            RunHistory history = RunHistory.read(journal);
            assertEquals(2, history.workers().size(), () -> said(ranks));
            assertTrue(history.workers().stream().noneMatch(w -> w.lost()), () -> said(ranks));
        } finally {
            for (AevoProcess rank : ranks) {
                rank.close();
            }
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    private static String said(List<AevoProcess> ranks) {
        StringBuilder said = new StringBuilder();
        for (AevoProcess rank : ranks) {
            try {
                said.append(rank.errorOutput());
            } catch (IOException e) {
                said.append(e);
            }
        }
        return said.toString();
    }

    @Test
    void aSchedulersSignalsLeaveARunThatCanBeResumed() throws Exception {
        String input = input();
        for (String signal : List.of("USR1", "TERM")) {
            Path journal = folder.resolve(signal).resolve("run.journal");
            List<AevoProcess> ranks = new ArrayList<>();
            try {
                for (int rank = 0; rank < 2; rank++) {
                    ranks.add(AevoProcess.start(
                            folder, task(rank, 2), "run", input, "-o", signal, "--evaluations", "100000"));
                }
                Waiting.until(
                        () -> Files.exists(journal) && RunHistory.read(journal).evaluated() >= 3);
                for (int rank = 1; rank >= 0; rank--) { // as a scheduler does: every task of the step
                    new ProcessBuilder(
                                    "kill",
                                    "-" + signal,
                                    Long.toString(ranks.get(rank).process().pid()))
                            .start()
                            .waitFor();
                }
                AevoProcess.Result master = ranks.get(0).await();
                assertEquals(ExitCode.RESUMABLE, master.code(), master.err());
                assertTrue(master.err().contains("SIG" + signal), master.err());
                assertEquals(ExitCode.DONE, ranks.get(1).await().code());
            } finally {
                for (AevoProcess rank : ranks) {
                    rank.close();
                }
            }
            assertTrue(RunHistory.read(journal).ended().isPresent());
        }
    }

    @Test
    void aWorkerThatFreezesBeforeItIsReadyIsReplaced() throws Exception {
        Path journal = folder.resolve("early/run.journal");
        try (AevoProcess aevo = AevoProcess.start(
                folder,
                Map.of(),
                "run",
                input(),
                "-o",
                "early",
                "--evaluations",
                "100000",
                "--set",
                "cluster.start-timeout=15")) {
            ProcessHandle frozen = aevo.worker();
            new ProcessBuilder("kill", "-STOP", Long.toString(frozen.pid()))
                    .start()
                    .waitFor();
            Waiting.until(() ->
                    Files.exists(journal) && RunHistory.read(journal).workers().size() == 2);
            assertFalse(frozen.isAlive());
            assertTrue(RunHistory.read(journal).workers().stream()
                    .noneMatch(w -> w.joined().pid() == frozen.pid()));
        }
    }

    @Test
    void whatIsKnownOfADeadWorkerIsInTheStatus() throws Exception {
        Path journal = folder.resolve("crash/run.journal");
        String input = Files.writeString(
                        folder.resolve("input.yaml"),
                        INPUT.replace("mean-seconds: 0.1, cv: 0.3", "mean-seconds: 4, distribution: constant")
                                .replace("evaluations: 24", "evaluations: 2")
                                .replace("population: 6", "population: 2"))
                .toString();
        try (AevoProcess aevo = AevoProcess.start(folder, Map.of(), "run", input, "-o", "crash", "--workers", "1")) {
            for (int attempt = 1; attempt <= 3; attempt++) {
                int sent = attempt;
                Waiting.until(() -> Files.exists(journal)
                        && RunHistory.read(journal).asked() > 0
                        && RunHistory.read(journal).attempts(0) >= sent);
                ProcessHandle worker = aevo.worker();
                // as a native library does that crashes
                new ProcessBuilder("kill", "-SEGV", Long.toString(worker.pid()))
                        .start()
                        .waitFor();
                worker.onExit().get();
            }
            AevoProcess.Result result = aevo.await();
            assertEquals(ExitCode.DONE, result.code(), result.err());
        }
        var first = RunHistory.read(journal).evaluation(0).orElseThrow().evaluation();
        assertEquals(EvaluationStatus.WORKER_LOST, first.status());
        assertTrue(first.message().contains("SIGABRT") && first.message().contains("SIGSEGV"), first.message());
        try (Stream<Path> files = Files.list(folder.resolve("crash"))) {
            assertEquals(
                    3,
                    files.filter(f -> f.getFileName().toString().startsWith("aevo-crash-"))
                            .count());
        }
    }

    @Test
    void whoWaitsForOtherRanksSaysSoSoon() throws Exception {
        String input = input();
        Map<String, String> elsewhere = task(1, 3);
        elsewhere.put("SLURM_JOB_ID", "4712");
        try (AevoProcess master = AevoProcess.start(folder, task(0, 3), "run", input, "-o", "lonely");
                AevoProcess rank = AevoProcess.start(folder, elsewhere, "run", input, "-o", "lonely")) {
            Waiting.until(
                    () -> master.errorOutput().contains("no worker is ready yet: waiting for ranks 1 to 2 of srun"));
            Waiting.until(() -> rank.errorOutput().contains("waits up to 120 s for rank 0, which has not written")
                    && rank.errorOutput().contains(".aevo-4712.0.0"));
            Path meeting = folder.resolve(".aevo-4711.0.0");
            assertTrue(Files.exists(meeting));
            master.process().destroy();
            assertEquals(ExitCode.RESUMABLE, master.await().code());
            assertFalse(Files.exists(meeting));
        }
    }

    @Test
    void ranksWithoutALaunchersJobNeedAnAddressAndASecret() throws Exception {
        String input = input();
        Map<String, String> mpiexec = Map.of("PMI_RANK", "0", "PMI_SIZE", "2");
        try (AevoProcess aevo = AevoProcess.start(folder, mpiexec, "run", input)) {
            AevoProcess.Result result = aevo.await();
            assertEquals(ExitCode.USAGE, result.code(), result.err());
            assertTrue(result.err().contains("--master"), result.err());
        }
        try (AevoProcess aevo = AevoProcess.start(folder, mpiexec, "run", input, "--master", "localhost:23456")) {
            AevoProcess.Result result = aevo.await();
            assertEquals(ExitCode.USAGE, result.code(), result.err());
            assertTrue(result.err().contains("AEVO_SECRET"), result.err());
        }
        assertFalse(Files.exists(folder.resolve("runs")));
        AevoProcess.Result half = AevoProcess.run(folder, "run", input, "--rank", "0");
        assertEquals(ExitCode.USAGE, half.code(), half.err());
    }
}

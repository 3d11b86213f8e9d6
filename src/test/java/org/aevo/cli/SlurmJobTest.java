package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aevo.config.RunConfig;
import org.aevo.record.Entry;
import org.aevo.record.JournalReader;
import org.aevo.record.Outside;
import org.aevo.record.RunHistory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The batch scripts on a real SLURM: runs over several nodes, GPUs, signals, requeueing, preemption, lost nodes. */
@Tag("slurm")
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SlurmJobTest {
    /** Beside tests of other classes, but one after the other: they share the lab. */
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    @Retention(RetentionPolicy.RUNTIME)
    private @interface LabTest {}

    private static final Path RUN = Path.of("slurm/run.sbatch").toAbsolutePath();
    private static final Path SCALING = Path.of("slurm/scaling.sbatch").toAbsolutePath();
    private static final String AEVO = Path.of("bin/aevo").toAbsolutePath().toString();

    private static final String SIMULATED =
            """
            name: simulated
            seed: 3
            mode: sync
            budget: {evaluations: 24}
            evolution: {population: 6, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.1, cv: 0.3}
            cluster: {grace: 2}
            """;

    /** Whatever the load of this machine, it is not complete before a test has done to it what it wants to do. */
    private static final String ENDLESS = SIMULATED
            .replace("evaluations: 24", "evaluations: 100000")
            .replace("mean-seconds: 0.1", "mean-seconds: 0.3");

    private static final String TRAINED =
            """
            name: small
            seed: 3
            budget: {evaluations: 100000}
            evolution: {population: 4, min-population: 3, tournament: 2}
            space: {family: dense, latent: 2, max-genes: 2, units: [4, 16]}
            training: {epochs: 3}
            data: {kind: swiss-roll, samples: 300}
            """;

    /** One worker on n2, where no other test loses a node: SLURM looks at time limits every 30 s only. */
    private static final Stream<String> limited() {
        return options("--ntasks=2", "--nodelist=n2", "--time=1", "--signal=B:USR1@20");
    }

    @TempDir
    static Path folder;

    private Optional<SlurmLab> lab = Optional.empty();
    private String limitedJob;

    @BeforeAll
    void start() throws Exception {
        Optional<String> missing = SlurmLab.missing();
        missing.ifPresent(why -> System.err.println("SKIPPED: SLURM was not tested; " + why));
        assumeTrue(missing.isEmpty(), "SLURM was not tested; " + missing.orElse(""));
        // ranks run what is built, not the classes of this process
        new ProcessBuilder("bin/build").inheritIO().start().waitFor();
        lab = Optional.of(SlurmLab.start(folder.resolve("lab")));
        limitedJob = lab().submit(folder, limited(), RUN, input("limited.yaml", ENDLESS));
    }

    @AfterAll
    void stop() throws IOException {
        if (lab.isPresent()) {
            lab().close();
        }
    }

    private SlurmLab lab() {
        return lab.orElseThrow();
    }

    private static Stream<String> options(String... options) {
        return Stream.of(options);
    }

    private String input(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml).toString();
    }

    private Path journal(String name, String job) {
        return folder.resolve("runs/" + name + "-" + job + "/run.journal");
    }

    private SlurmLab.Job ended(int code, String job) throws Exception {
        SlurmLab.Job ended = lab().await(job);
        assertEquals(code, ended.code(), ended + ": " + ended.text());
        return ended;
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds(RunHistory history);
    }

    private static void await(Path journal, String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!Files.exists(journal) || !condition.holds(RunHistory.read(journal))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(journal + ": waited in vain for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** All workers are there and each has evaluated something. */
    private static void awaitWork(Path journal, int workers) throws Exception {
        await(
                journal,
                workers + " workers",
                history -> history.workers().stream()
                                .filter(w -> w.evaluations() > 0)
                                .count()
                        >= workers);
    }

    /** Lets a run that is stopped, or soon will be, end after some more evaluations when it goes on. */
    private static void limit(Path journal) throws IOException {
        Path input = journal.resolveSibling("input.yaml");
        int budget = RunHistory.read(journal).evaluated() + 20;
        Files.writeString(input, Files.readString(input).replace("evaluations: 100000", "evaluations: " + budget));
    }

    /** Another job goes on with a run that was stopped, to its end. */
    private void finish(Path journal, String... options) throws Exception {
        limit(journal);
        ended(
                ExitCode.DONE,
                lab().submit(
                                folder,
                                options(options),
                                RUN,
                                "--resume",
                                journal.getParent().toString()));
    }

    /** Complete in so many sessions, its decisions reproduced, and nothing sent out again whose result was known. */
    private void assertWhole(Path journal, int sessions) throws Exception {
        RunHistory history = RunHistory.read(journal);
        assertTrue(history.complete());
        assertEquals(sessions, history.sessions().size());
        Set<Long> known = new HashSet<>();
        try (JournalReader reader = JournalReader.open(journal)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                Entry entry = next.get().entry();
                if (entry instanceof Entry.Arrived arrived) {
                    assertTrue(known.add(arrived.evaluation().id()), "recorded twice: " + arrived);
                } else if (entry instanceof Entry.Dispatched dispatched) {
                    assertFalse(known.contains(dispatched.id()), "trained again: " + dispatched);
                }
            }
        }
        lab().run(folder, AEVO, "verify", journal.getParent().toString());
    }

    @LabTest
    void autoencodersEvolveOverFourNodes() throws Exception {
        String job = lab().submit(folder, options("--ntasks=5", "--nodes=4"), RUN, input("small.yaml", TRAINED));
        Path journal = journal("small", job);
        awaitWork(journal, 4);
        lab().run(folder, "scancel", "--batch", "--signal=USR1", job);
        SlurmLab.Job stopped = ended(ExitCode.RESUMABLE, job);
        assertTrue(stopped.text().contains("stopping (SIGUSR1)"), stopped.text());
        finish(journal, "--ntasks=2");
        assertWhole(journal, 2);
        assertEquals(
                job, RunHistory.read(journal).started().orElseThrow().slurm().get("SLURM_JOB_ID"));
        String hosts = Outside.python(
                "import h5py, sys; print(*sorted(h5py.File(sys.argv[1])['workers/host'].asstr()[:4]))",
                journal.resolveSibling("run.h5").toString());
        assertEquals("n1 n2 n3 n4", hosts.strip());
        try (Stream<Path> left = Files.list(folder)) {
            List<String> names = left.map(f -> f.getFileName().toString())
                    .filter(f -> f.startsWith(".aevo-" + job))
                    .toList();
            assertEquals(List.of(), names, "left behind");
        }
    }

    /** Host and device of each worker of a run that is then cancelled. */
    private Set<String> devices(int workers, String name, String... options) throws Exception {
        String job = lab().submit(folder, options(options), RUN, input(name + ".yaml", ENDLESS));
        Path journal = journal(name, job);
        awaitWork(journal, workers);
        lab().run(folder, "scancel", job);
        lab().await(job);
        return RunHistory.read(journal).workers().stream()
                .map(w -> w.joined().host() + " " + w.joined().device())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @LabTest
    void aNodeHasAWorkerForEachGpuAndTheFirstOneTheMasterToo() throws Exception {
        assertEquals(
                Set.of("n1 simulated, GPU 0", "n1 simulated, GPU 1", "n3 simulated, GPU 0", "n3 simulated, GPU 1"),
                devices(
                        4,
                        "gpus",
                        "--nodes=2",
                        "--ntasks=6",
                        "--ntasks-per-node=3",
                        "--gres=gpu:2",
                        "--nodelist=n1,n3"));
    }

    @LabTest
    void eachTaskHasTheGpuThatSlurmGrantedIt() throws Exception {
        // the master's task, the first on n3, has the other one there
        assertEquals(
                Set.of("n3 simulated, GPU 1", "n4 simulated, GPU 0", "n4 simulated, GPU 1"),
                devices(
                        3,
                        "granted",
                        "--ntasks=4",
                        "--nodes=2",
                        "--ntasks-per-node=2",
                        "--gpus-per-task=1",
                        "--nodelist=n3,n4"));
    }

    @LabTest
    void moreWorkersThanGpusAreRefused() throws Exception {
        String input = input("crowd.yaml", SIMULATED);
        SlurmLab.Result refused = lab().attempt(
                        folder, "srun", "--ntasks=4", "--nodes=1", "--gres=gpu:2", AEVO, "run", input, "-o", "crowd");
        assertEquals(ExitCode.USAGE, refused.code(), refused.out());
        List<String> said =
                refused.out().lines().filter(line -> !line.startsWith("srun: ")).toList();
        assertEquals(1, said.size(), refused.out());
        assertTrue(said.get(0).contains("3 workers on this host, but 2 GPUs"), refused.out());
        assertFalse(Files.exists(folder.resolve("crowd")));
    }

    @LabTest
    @Tag("long")
    void workersMayShareGpus() throws Exception {
        Path input = Path.of(input("shared.yaml", ENDLESS.replace("grace: 2", "grace: 2, workers-per-device: 2")));
        String job = lab().submit(folder, options("--ntasks=3", "--nodes=1", "--gres=gpu:1"), RUN, input.toString());
        Path journal = journal("shared", job);
        awaitWork(journal, 2);
        lab().run(folder, "scancel", job);
        lab().await(job);
        assertTrue(RunHistory.read(journal).workers().stream()
                .allMatch(w -> w.joined().device().equals("simulated, GPU 0")));
    }

    @LabTest
    void placesWithoutCpusAreRefused() throws Exception {
        String job = lab().submit(
                        folder,
                        options("--nodes=2", "--ntasks=4", "--gres=gpu:2", "--nodelist=n3,n4"),
                        RUN,
                        input("cramped.yaml", SIMULATED));
        String said = ended(ExitCode.USAGE, job).text();
        assertTrue(said.contains("--ntasks-per-node=3 --ntasks=6"), said);
        assertEquals(1, said.lines().count(), said);
    }

    @LabTest
    void aRequeuedJobGoesOnWithItsRun() throws Exception {
        String job = lab().submit(folder, options("--ntasks=3"), RUN, input("requeued.yaml", ENDLESS));
        Path journal = journal("requeued", job);
        awaitWork(journal, 2);
        limit(journal);
        lab().run(folder, "scontrol", "requeue", job);
        SlurmLab.Job ended = ended(ExitCode.DONE, job);
        assertEquals(1, ended.restarts());
        assertTrue(ended.text().contains("stopping (SIGTERM)"), ended.text());
        assertWhole(journal, 2);
    }

    @LabTest
    @Tag("long")
    void aPreemptedJobGoesOnWithItsRun() throws Exception {
        String job = lab().submit(
                        folder,
                        options("--ntasks=3", "--nodes=2", "--nodelist=n3,n4"),
                        RUN,
                        input("yields.yaml", ENDLESS));
        Path journal = journal("yields", job);
        awaitWork(journal, 2);
        limit(journal);
        Path urgent = Files.writeString(folder.resolve("urgent.sbatch"), "#!/bin/sh\nexit 0\n");
        String other = lab().submit(folder, options("--partition=urgent", "--exclusive", "--nodelist=n4"), urgent);
        assertEquals(0, lab().await(other).code());
        SlurmLab.Job ended = ended(ExitCode.DONE, job);
        assertEquals(1, ended.restarts());
        assertWhole(journal, 2);
    }

    @LabTest
    void aCancelledRunStopsCleanlyAndAnotherJobGoesOnWithIt() throws Exception {
        String job = lab().submit(folder, options("--ntasks=3"), RUN, input("cancelled.yaml", ENDLESS));
        Path journal = journal("cancelled", job);
        awaitWork(journal, 2);
        lab().run(folder, "scancel", job);
        assertEquals("CANCELLED", lab().await(job).state());
        await(journal, "a clean end", history -> history.ended().isPresent());
        finish(journal, "--ntasks=2");
        assertWhole(journal, 2);
    }

    @LabTest
    void aLostNodeDoesNotEndTheRun() throws Exception {
        String job = lab().submit(
                        folder,
                        options("--ntasks=4", "--nodes=3", "--nodelist=n1,n3,n4"),
                        RUN,
                        input("lossy.yaml", ENDLESS));
        Path journal = journal("lossy", job);
        awaitWork(journal, 3);
        lab().lose("n4");
        try {
            await(journal, "the lost worker", history -> history.workers().stream()
                    .anyMatch(w -> w.lost() && w.joined().host().equals("n4")));
            int sofar = RunHistory.read(journal).evaluated();
            await(journal, "more evaluations", history -> history.evaluated() > sofar + 5);
            lab().run(folder, "scancel", "--batch", "--signal=USR1", job);
            assertEquals(0, ended(ExitCode.RESUMABLE, job).restarts());
            finish(journal, "--ntasks=2");
        } finally {
            lab().repair("n4");
        }
        assertWhole(journal, 2);
    }

    @LabTest
    @Tag("long")
    void aJobThatLosesItsFirstNodeIsRequeuedAndGoesOn() throws Exception {
        String job = lab().submit(
                        folder,
                        options("--ntasks=2", "--nodes=2", "--nodelist=n1,n3"),
                        RUN,
                        input("headless.yaml", ENDLESS));
        Path journal = journal("headless", job);
        awaitWork(journal, 1);
        lab().lose("n1");
        limit(journal);
        lab().repair("n1");
        SlurmLab.Job ended = ended(ExitCode.DONE, job);
        assertEquals(1, ended.restarts());
        assertWhole(journal, 2);
    }

    @LabTest
    void theDoctorSaysALineForEachRank() throws Exception {
        String said = lab().run(
                        folder,
                        "srun",
                        "--ntasks=3",
                        "--nodes=2",
                        "--ntasks-per-node=2",
                        "--gres=gpu:2",
                        AEVO,
                        "doctor");
        List<String> lines =
                said.lines().filter(line -> !line.startsWith("srun: ")).toList();
        assertEquals(3, lines.size(), said);
        for (int rank = 0; rank < 3; rank++) {
            String start = "rank " + rank;
            assertEquals(1, lines.stream().filter(line -> line.contains(start)).count(), said);
        }
    }

    @LabTest
    void wrongInputIsSaidOnce() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Path copy = Files.copy(RUN, elsewhere.resolve("copy.sbatch"));
        String wrong = input("wrong.yaml", SIMULATED.replace("seed: 3", "seed: three"));
        List<String> jobs = List.of(
                lab().submit(folder, options("--ntasks=3"), RUN),
                lab().submit(folder, options("--ntasks=3"), RUN, "no such.yaml"),
                lab().submit(folder, options("--ntasks=3"), RUN, wrong),
                lab().submit(folder, options("--ntasks=1"), RUN, input("one.yaml", SIMULATED)),
                lab().submit(elsewhere, options("--ntasks=3"), copy, wrong));
        List<String> said = List.of(
                "usage: sbatch slurm/run.sbatch INPUT [options of 'aevo run']",
                "aevo: no such.yaml: no such file; example inputs are in inputs/",
                "wrong.yaml:2:7: seed must be a whole number",
                "give sbatch --ntasks=WORKERS+1",
                "set AEVO_HOME to its directory");
        for (int i = 0; i < jobs.size(); i++) {
            String text = ended(ExitCode.USAGE, jobs.get(i)).text();
            assertTrue(text.contains(said.get(i)), text);
            assertEquals(1, text.lines().count(), text);
        }
    }

    @LabTest
    void scriptAndInputMayBeAnywhere() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("a place"));
        Path copy = Files.copy(RUN, elsewhere.resolve("my run.sbatch"));
        Path input = Files.writeString(elsewhere.resolve("my input.yaml"), SIMULATED);
        String home = "--export=ALL,AEVO_HOME=" + Path.of("").toAbsolutePath();
        String job = lab().submit(
                        elsewhere,
                        options("--ntasks=2", home),
                        copy,
                        input.getFileName().toString());
        ended(ExitCode.DONE, job);
        assertWhole(elsewhere.resolve("runs/my input-" + job + "/run.journal"), 1);
    }

    /** Two runs one after the other; the job is stopped within the first and goes on when it is requeued. */
    @LabTest
    void aStoppedScalingStudyGoesOn() throws Exception {
        String job = lab().submit(
                        folder,
                        options("--ntasks=3", "--export=ALL,WORKERS=2 1,MODES=async,REPEATS=1,SEED=7"),
                        SCALING,
                        input("study.yaml", ENDLESS));
        Path study = folder.resolve("runs/scaling-" + job);
        Path first = study.resolve("async-2w-r1/run.journal");
        awaitWork(first, 2);
        lab().run(folder, "scancel", "--batch", "--signal=USR1", job);
        SlurmLab.Job stopped = ended(ExitCode.RESUMABLE, job);
        assertTrue(stopped.text().contains("async-2w-r1 stopped"), stopped.text());
        limit(first);
        // for both runs alike: others would be refused
        long budget = RunConfig.read(first.resolveSibling("input.yaml"), Map.of(), List.of())
                .budget()
                .evaluations()
                .getAsLong();
        input("study.yaml", ENDLESS.replace("evaluations: 100000", "evaluations: " + budget));
        lab().run(folder, "scontrol", "requeue", job);
        await(study.resolve("async-1w-r1/run.journal"), "the second run", RunHistory::complete);
        String text = ended(ExitCode.DONE, job).text();
        assertEquals(
                2, text.lines().filter(line -> line.endsWith("  SIMULATED")).count(), text);
        assertWhole(first, 2);
        RunHistory second = RunHistory.read(study.resolve("async-1w-r1/run.journal"));
        assertEquals(1, second.workers().size());
        for (RunHistory run : List.of(RunHistory.read(first), second)) {
            assertEquals(7, run.started().orElseThrow().seed());
            assertEquals("async", run.started().orElseThrow().mode());
        }
    }

    /** More simulated workers than tasks, and a fixed number of evaluations for each. */
    @LabTest
    @Tag("long")
    void aWeakScalingStudyOfManySimulatedWorkersFitsFewTasks() throws Exception {
        String job = lab().submit(
                        folder,
                        options("--ntasks=3", "--export=ALL,WORKERS=2 12,MODES=sync,REPEATS=1,SCALING=weak"),
                        SCALING,
                        input("weak.yaml", SIMULATED),
                        "--evaluations",
                        "4");
        String text = ended(ExitCode.DONE, job).text();
        for (int workers : List.of(2, 12)) {
            RunHistory run =
                    RunHistory.read(folder.resolve("runs/scaling-" + job + "/sync-" + workers + "w-r1/run.journal"));
            assertTrue(run.complete(), text);
            assertEquals(4 * workers, run.evaluated());
            assertEquals(workers, run.workers().size());
            assertEquals(3, run.started().orElseThrow().seed());
        }
    }

    @LabTest
    @Order(Integer.MAX_VALUE)
    void aRunStopsBeforeItsTimeLimit() throws Exception {
        SlurmLab.Job ended = ended(ExitCode.RESUMABLE, limitedJob);
        assertTrue(ended.text().contains("stopping (SIGUSR1)"), ended.text());
        Path journal = journal("limited", limitedJob);
        RunHistory history = RunHistory.read(journal);
        assertTrue(history.ended().isPresent() && !history.complete());
        assertTrue(history.evaluated() > 0);
    }
}

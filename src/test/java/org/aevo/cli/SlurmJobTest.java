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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.aevo.config.RunConfig;
import org.aevo.record.Entry;
import org.aevo.record.JournalReader;
import org.aevo.record.Outside;
import org.aevo.record.RunHistory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The batch scripts on a real SLURM: runs over several nodes, GPUs, arrays, lost nodes. */
@Tag("slurm")
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
@Order(2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlurmJobTest extends SlurmTests {
    private static final Path SCALING = Path.of("slurm/scaling.sbatch").toAbsolutePath();

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

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        start(SlurmLab.Tracking.LINUXPROC, directory);
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
        assertEquals(List.of(), left(job));
    }

    @LabTest
    void networksAreEvaluatedOverNodes() throws Exception {
        String network =
                """
                layers: [{kind: dense, name: latent}, {kind: dense, like: input}, {kind: reshape, like: input}]
                """;
        String job = lab().submit(
                        folder,
                        options("--ntasks=3", "--nodes=2"),
                        RUN,
                        "evaluate",
                        input("one.yaml", network),
                        input("two.yaml", network),
                        input("listed.yaml", SIMULATED),
                        "--repeats",
                        "3");
        SlurmLab.Job ended = ended(ExitCode.DONE, job);
        assertTrue(ended.text().contains("smallest"), ended.text());
        RunHistory history = RunHistory.read(journal("one", job));
        assertEquals(6, history.evaluated());
        assertEquals("list", history.started().orElseThrow().strategy());
    }

    /** The hosts of each team of a run. */
    private static List<List<String>> teams(Path journal) throws IOException {
        Map<Long, String> hosts = new HashMap<>();
        List<List<String>> teams = new ArrayList<>();
        if (!Files.exists(journal)) {
            return teams;
        }
        try (JournalReader reader = JournalReader.open(journal)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get().entry() instanceof Entry.WorkerJoined worker) {
                    hosts.put(worker.worker(), worker.host());
                } else if (next.get().entry() instanceof Entry.TeamFormed team) {
                    teams.add(team.workers().stream().map(hosts::get).toList());
                }
            }
        }
        return teams;
    }

    @LabTest
    void teamsAreOfOneNodeEach() throws Exception {
        String job = lab().submit(
                        folder,
                        options("--nodes=2", "--ntasks=6", "--ntasks-per-node=3", "--nodelist=n3,n4"),
                        RUN,
                        input("teams.yaml", ENDLESS.replace("grace: 2", "grace: 2, team: 2")));
        Path journal = journal("teams", job);
        Waiting.until(() -> teams(journal).size() == 2);
        await(journal, "evaluations", history -> history.evaluated() > 4);
        lab().run(folder, "scancel", "--batch", "--signal=USR1", job);
        SlurmLab.Job stopped = ended(ExitCode.RESUMABLE, job);
        assertTrue(stopped.text().contains("cluster.team is 2: of the 5 workers 1 stands by"), stopped.text());
        assertEquals(Set.of(List.of("n3", "n3"), List.of("n4", "n4")), Set.copyOf(teams(journal)));
        finish(journal, "--ntasks=3", "--nodes=1");
        assertEquals(3, teams(journal).size());
        assertWhole(journal, 2);
        SlurmLab.Result refused = lab().attempt(
                        folder,
                        "srun",
                        "--ntasks=2",
                        "--nodes=1",
                        AEVO,
                        "run",
                        input("few.yaml", SIMULATED),
                        "--team",
                        "2",
                        "-o",
                        "few");
        assertEquals(ExitCode.USAGE, refused.code(), refused.out());
        assertTrue(refused.out().contains("cluster.team is 2, but there is 1 worker"), refused.out());
        assertFalse(Files.exists(folder.resolve("few")));
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

    /** A job array makes runs of several seeds; a report on them says how they spread. */
    @LabTest
    void anArrayIsSeveralSeeds() throws Exception {
        Path stale = Files.writeString(folder.resolve(".aevo-4000000.lab.0.0"), "of a job that was killed");
        Path foreign = Files.writeString(folder.resolve(".aevo-4000000.other.0.0"), "of another cluster's");
        Path longer = Files.writeString(folder.resolve(".aevo-4000000.lab.two.0.0"), "of a cluster lab.two");
        String array = lab().submit(
                        folder, options("--array=1-3", "--ntasks=2", "--mem=2G"), RUN, input("seeds.yaml", SIMULATED));
        List<String> runs = new ArrayList<>();
        for (int task = 1; task <= 3; task++) {
            SlurmLab.Job job = ended(ExitCode.DONE, array + "_" + task);
            assertEquals(
                    "slurm-" + array + "_" + task + ".out",
                    job.output().getFileName().toString());
            assertTrue(job.text().contains("seed " + (3 + task) + ": 3 "), job.text());
            Path journal = journal("seeds", array + "_" + task);
            assertTrue(RunHistory.read(journal).complete());
            assertEquals(
                    3 + task, RunHistory.read(journal).started().orElseThrow().seed());
            runs.add(journal.getParent().toString());
        }
        assertFalse(Files.exists(stale));
        assertTrue(Files.exists(foreign));
        assertTrue(Files.exists(longer));
        List<String> report = new ArrayList<>(List.of(AEVO, "report"));
        report.addAll(runs);
        report.addAll(List.of("-o", "seeds"));
        String said = lab().run(folder, report.toArray(String[]::new));
        String csv = Files.readString(folder.resolve("seeds/tables/seeds.csv"));
        assertTrue(csv.lines().anyMatch(line -> line.contains(",3,")), said + csv);

        // another array goes on with those runs; there is no fourth. The worker of a run that is complete already waits
        // for
        // its master as long as it may.
        Path kept = Path.of(runs.get(2), "input.yaml");
        Files.writeString(kept, Files.readString(kept).replaceFirst("start-timeout: .*", "start-timeout: 1"));
        String second = lab().submit(
                        folder,
                        options("--array=3-4", "--ntasks=2"),
                        RUN,
                        "--resume",
                        runs.get(0).replaceFirst("_1$", ""));
        assertTrue(ended(ExitCode.DONE, second + "_3").text().contains("is complete"));
        String missing = ended(ExitCode.USAGE, second + "_4").text();
        assertTrue(missing.contains("there is no ") && missing.contains("_4 for task 4"), missing);
    }

    @LabTest
    void jobsThatWouldRunOtherwiseThanAskedForAreRefused() throws Exception {
        String input = input("refused.yaml", SIMULATED);
        String components = lab().submit(folder, options("--ntasks=2", ":", "--ntasks=2"), RUN, input);
        String study = lab().submit(folder, options("--array=1", "--ntasks=2"), SCALING, input);
        String said = ended(ExitCode.USAGE, components).text();
        assertTrue(said.contains("heterogeneous job") && said.lines().count() == 1, said);
        said = ended(ExitCode.USAGE, study + "_1").text();
        assertTrue(said.contains("each task of this array") && said.lines().count() == 1, said);
    }

    @LabTest
    void scriptAndInputMayBeAnywhere() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("a place"));
        Path copy = Files.copy(RUN, elsewhere.resolve("my run.sbatch"));
        Path input = Files.writeString(elsewhere.resolve("my input.yaml"), SIMULATED);
        String home = "--export=ALL,AEVO_HOME=" + Path.of("").toAbsolutePath();
        String job = lab().submit(
                        elsewhere,
                        options("--ntasks=2", home, "--mem=0", "--exclusive"),
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
}

package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.aevo.record.Outside;
import org.aevo.record.RunHistory;
import org.aevo.record.WorkerRow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How jobs are stopped, held up and killed, on a SLURM that knows processes by their parents, whose signals reach all of
 * them, and on one with control groups, whose signals reach the shells of the batch scripts alone.
 */
@Tag("slurm")
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SlurmStopTest extends SlurmTests {
    /** In each lab, one test after the other. */
    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.SAME_THREAD)
    @Retention(RetentionPolicy.RUNTIME)
    private @interface LabsTest {}

    /** Of {@code cluster.heartbeat-timeout}, the shortest that there is. */
    private static final int SILENCE_SECONDS = 5;

    private static final String STOPPED =
            ENDLESS.replace("grace: 2", "grace: 2, heartbeat-timeout: " + SILENCE_SECONDS);

    /** A lab, and a job there that runs into its time limit meanwhile: SLURM looks at those every 30 s only. */
    private record Used(SlurmLab lab, Path folder, String limited) {}

    private final Map<SlurmLab.Tracking, Used> used = new EnumMap<>(SlurmLab.Tracking.class);
    private Path directory;

    @BeforeAll
    void keep(@TempDir Path temporary) {
        directory = temporary;
    }

    private void use(SlurmLab.Tracking tracking) throws Exception {
        Used there = used.get(tracking);
        if (there == null) {
            SlurmLab lab = start(tracking, Files.createDirectories(directory.resolve(tracking.toString())));
            String limited = lab.submit(
                    folder,
                    options("--ntasks=2", "--nodelist=n2", "--time=2", "--signal=B:USR1@80"),
                    RUN,
                    input("limited.yaml", ENDLESS));
            there = new Used(lab, folder, limited);
            used.put(tracking, there);
        }
        use(there.lab(), there.folder());
    }

    /** The session's workers are there and each has evaluated something. */
    private static void awaitWork(Path journal, int session, int workers) throws Exception {
        Predicate<WorkerRow> works = w -> w.session() == session && w.evaluations() > 0;
        await(
                journal,
                workers + " workers in session " + session,
                history -> history.workers().stream().filter(works).count() >= workers);
    }

    private String resume(Path journal) throws Exception {
        return lab().submit(
                        folder,
                        options("--ntasks=3", "--nodes=2"),
                        RUN,
                        "--resume",
                        journal.getParent().toString());
    }

    /** A scheduler's signal, however it comes, leaves a run that can be resumed, said once, and nothing else. */
    private void assertStopped(int code, String signal, String job) throws Exception {
        String text = ended(code, job).text();
        assertEquals(
                1,
                text.lines()
                        .filter(line -> line.contains("stopping (" + signal + ")"))
                        .count(),
                text);
        Waiting.until(() -> left(job).isEmpty());
    }

    /** The process that is rank 0 of a job. */
    private static ProcessHandle master(String job) {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().command().orElse("").endsWith("/java"))
                .filter(p -> environment(p).containsAll(List.of("SLURM_JOB_ID=" + job, "SLURM_PROCID=0")))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> environment(ProcessHandle process) {
        try {
            return List.of(Files.readString(Path.of("/proc/" + process.pid() + "/environ"))
                    .split("\0"));
        } catch (IOException e) { // it has ended, most likely
            return List.of();
        }
    }

    @LabsTest
    void jobsAreStoppedCleanly(SlurmLab.Tracking tracking) throws Exception {
        use(tracking);
        // where each process is signalled by itself there is less to go wrong
        stop(tracking == SlurmLab.Tracking.CGROUP);
    }

    @LabsTest
    @Tag("long")
    void everyWayToStopAJobIsClean(SlurmLab.Tracking tracking) throws Exception {
        use(tracking);
        stop(true);
    }

    private void stop(boolean inEveryWay) throws Exception {
        String job = lab().submit(folder, options("--ntasks=3", "--nodes=2"), RUN, input("stopped.yaml", STOPPED));
        Path journal = journal("stopped", job);
        awaitWork(journal, 0, 2);

        // a suspension costs nobody
        lab().run(folder, "scontrol", "suspend", job);
        int before = RunHistory.read(journal).evaluated();
        TimeUnit.SECONDS.sleep(SILENCE_SECONDS + 4); // it is this time that must not count
        lab().run(folder, "scontrol", "resume", job);
        await(journal, "work after the suspension", history -> history.evaluated() > before + 30);
        RunHistory resumed = RunHistory.read(journal);
        assertEquals(2, resumed.workers().size(), lab().job(job).text());
        assertFalse(resumed.workers().stream().anyMatch(WorkerRow::lost));

        // to the steps
        lab().run(folder, "scancel", "--signal=USR1", job);
        assertStopped(ExitCode.RESUMABLE, "SIGUSR1", job);

        int session = 0;
        if (inEveryWay) {
            // to the batch shell alone
            job = resume(journal);
            awaitWork(journal, ++session, 2);
            lab().run(folder, "scancel", "--batch", "--signal=USR1", job);
            assertStopped(ExitCode.RESUMABLE, "SIGUSR1", job);

            // to it and all that it has started
            job = resume(journal);
            awaitWork(journal, ++session, 2);
            lab().run(folder, "scancel", "--full", "--signal=USR1", job);
            assertStopped(ExitCode.RESUMABLE, "SIGUSR1", job);

            // the secret is gone also after a master that said nothing
            job = resume(journal);
            awaitWork(journal, ++session, 2);
            assertEquals(1, left(job).size());
            master(job).destroyForcibly();
            ended(ExitCode.SIGNAL + 9, job);
            assertEquals(List.of(), left(job));
        }

        job = resume(journal);
        awaitWork(journal, ++session, 2);
        lab().run(folder, "scontrol", "requeue", job);
        awaitWork(journal, ++session, 2);
        String said = lab().job(job).text();
        assertTrue(said.contains("stopping (SIGTERM)"), said);

        lab().run(folder, "scancel", job);
        assertEquals("CANCELLED", lab().await(job).state());
        await(journal, "a clean end", history -> history.ended().isPresent());
        String cancelled = job;
        Waiting.until(() -> left(cancelled).isEmpty());

        finish(journal, "--ntasks=2");
        assertWhole(journal, ++session + 1);
    }

    /** The kernel ends a worker when the job's memory is used up, by somebody else in its control group. */
    @ParameterizedTest
    @EnumSource(names = "CGROUP")
    @Execution(ExecutionMode.SAME_THREAD)
    void aWorkerThatIsKilledForMemoryIsReplaced(SlurmLab.Tracking tracking) throws Exception {
        use(tracking);
        String job = lab().submit(
                        folder, options("--ntasks=2", "--nodes=1", "--mem=1200M"), RUN, input("memory.yaml", ENDLESS));
        Path journal = journal("memory", job);
        awaitWork(journal, 0, 1);
        long first = RunHistory.read(journal).workers().get(0).joined().pid();
        Outside.python(
                """
                import os, re, sys, time
                victim = sys.argv[1]
                groups = open(f"/proc/{victim}/cgroup").read()
                memory = re.search(r"^\\d+:memory:(.*)$", groups, re.M)
                group = "/sys/fs/cgroup/memory" + memory[1] if memory else "/sys/fs/cgroup" + re.search(r"^0::(.*)$", groups, re.M)[1]
                open(f"/proc/{victim}/oom_score_adj", "w").write("1000")
                open("/proc/self/oom_score_adj", "w").write("-1000")
                open(group + "/cgroup.procs", "w").write(str(os.getpid()))
                taken = []
                while os.path.exists(f"/proc/{victim}"):
                    taken.append(b"x" * (20 << 20))
                    time.sleep(0.05)
                """,
                Long.toString(first));
        await(
                journal,
                "another worker",
                history ->
                        history.workers().size() > 1 && history.workers().get(1).evaluations() > 0);
        RunHistory history = RunHistory.read(journal);
        assertTrue(history.workers().get(0).lost());
        String log = Files.readString(journal.resolveSibling("run.log"));
        assertTrue(
                log.contains("process " + first
                        + ", which was killed by signal 9 (SIGKILL), most likely for want of memory"),
                log);
        // a task's shell hands on every signal that asks for an end
        lab().run(folder, "scancel", "--signal=HUP", job);
        assertStopped(ExitCode.RESUMABLE, "SIGHUP", job);
    }

    @LabsTest
    @Tag("long")
    void aPreemptedJobGoesOnWithItsRun(SlurmLab.Tracking tracking) throws Exception {
        use(tracking);
        String job = lab().submit(
                        folder,
                        options("--ntasks=3", "--nodes=2", "--nodelist=n3,n4"),
                        RUN,
                        input("yields.yaml", ENDLESS));
        Path journal = journal("yields", job);
        awaitWork(journal, 0, 2);
        limit(journal);
        Path urgent = Files.writeString(folder.resolve("urgent.sbatch"), "#!/bin/sh\nexit 0\n");
        String other = lab().submit(folder, options("--partition=urgent", "--exclusive", "--nodelist=n4"), urgent);
        assertEquals(0, lab().await(other).code());
        SlurmLab.Job ended = ended(ExitCode.DONE, job);
        assertEquals(1, ended.restarts());
        assertWhole(journal, 2);
    }

    @LabsTest
    @Order(Integer.MAX_VALUE)
    void aRunStopsBeforeItsTimeLimit(SlurmLab.Tracking tracking) throws Exception {
        use(tracking);
        String limited = used.get(tracking).limited();
        assertStopped(ExitCode.RESUMABLE, "SIGUSR1", limited);
        RunHistory history = RunHistory.read(journal("limited", limited));
        assertTrue(history.ended().isPresent() && !history.complete());
        assertTrue(history.evaluated() > 0);
    }
}

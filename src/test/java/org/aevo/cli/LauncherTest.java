package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aevo.record.RunHistory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Ranks that a real mpiexec of MPICH (hydra) or mpirun of Open MPI starts; {@link LaunchTest} sets variables only. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
@Order(8)
class LauncherTest {
    private static final String AEVO = Path.of("bin/aevo").toAbsolutePath().toString();
    private static final String LAUNCHER =
            Path.of("bin/launcher").toAbsolutePath().toString();
    private static final String HYDRA = "mpiexec.hydra";
    private static final List<String> OPEN_MPI = List.of("mpirun.openmpi", "--allow-run-as-root", "--oversubscribe");
    private static final String INPUT =
            """
            name: launched
            seed: 3
            mode: sync
            budget: {evaluations: 12}
            evolution: {population: 6, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.1, cv: 0.3}
            cluster: {grace: 5}
            """;

    @TempDir
    Path folder;

    @BeforeAll
    static void build() throws Exception {
        // ranks run what is built, not the classes of this process
        assertEquals(0, new ProcessBuilder("bin/build").inheritIO().start().waitFor());
    }

    /** Leaves the test out where the launcher is missing; it is said. */
    private static void need(String launcher, String debian) {
        boolean there = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, launcher)));
        if (!there) {
            System.err.println("SKIPPED: " + launcher + " is missing: apt-get install " + debian);
        }
        assumeTrue(there, launcher + " is missing: apt-get install " + debian);
    }

    private AevoProcess start(List<String> launcher, String... arguments) throws IOException {
        Files.writeString(folder.resolve("input.yaml"), INPUT);
        // long enough for the last of several workers to join while there is work
        Files.writeString(folder.resolve("many.yaml"), INPUT.replace("evaluations: 12", "evaluations: 120"));
        return AevoProcess.start(launcher, folder, Map.of("TMPDIR", "/tmp"), arguments);
    }

    private RunHistory history(String run) throws IOException {
        return RunHistory.read(folder.resolve(run).resolve("run.journal"));
    }

    private void nothingLiesAbout() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.getFileName().toString().startsWith(".aevo"))
                            .toList());
        }
    }

    private static List<String> line(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    private void complete(String run, AevoProcess launched, int workers) throws Exception {
        AevoProcess.Result result = launched.await();
        assertEquals(ExitCode.DONE, result.code(), result.err());
        assertTrue(history(run).complete());
        assertEquals(workers, history(run).workers().size(), result.err());
        nothingLiesAbout();
    }

    /** Two daemons, as on two hosts, and two programs, as with a master on a host of its own. */
    @Test
    void ranksOfHydraMeetAlsoOverHostsAndPrograms() throws Exception {
        need(HYDRA, "mpich");
        String hosts = InetAddress.getLocalHost().getHostName() + ",127.0.0.1";
        try (AevoProcess launched = start(
                List.of(HYDRA, "-launcher", "fork", "-hosts", hosts, "-ppn", "2", "-n", "1"),
                line(
                                List.of(AEVO, "run", "many.yaml", "-o", "hydra", ":", "-n", "2"),
                                AEVO,
                                "run",
                                "many.yaml",
                                "-o",
                                "hydra")
                        .toArray(String[]::new))) {
            complete("hydra", launched, 2);
        }
    }

    @Test
    void oneRunAfterTheOtherMeetsUnderOneHydra() throws Exception {
        need(HYDRA, "mpich");
        String both = "\"$0\" run input.yaml -o first && \"$0\" run input.yaml -o second";
        try (AevoProcess launched = start(List.of(HYDRA, "-n", "2", "bash", "-c", both), AEVO)) {
            complete("second", launched, 1);
            assertTrue(history("first").complete());
        }
    }

    @Test
    void ranksThatKnowAPortOnlyAskThere() throws Exception {
        need(HYDRA, "mpich");
        try (AevoProcess launched =
                start(List.of(HYDRA, "-pmi-port", "-n", "2"), AEVO, "run", "input.yaml", "-o", "port")) {
            complete("port", launched, 1);
        }
    }

    /** Where the launcher's process cannot be seen its connection tells; that is closed so that no rank's end counts as a fault. */
    @Test
    void ranksAskTheirLauncherWhereItCannotBeSeen() throws Exception {
        need(HYDRA, "mpich");
        List<String> hidden = List.of("unshare", "--pid", "--fork", "--mount-proc");
        assumeTrue(
                new ProcessBuilder(line(hidden, "true")).start().waitFor() == 0,
                "no processes can be hidden here: unshare --pid is not allowed");
        String script = String.join(" ", hidden) + " \"$0\"; [ $PMI_RANK != 0 ] || { sleep 1; echo alive; }";
        try (AevoProcess launched = start(List.of(HYDRA, "-n", "3", "bash", "-c", script), LAUNCHER)) {
            AevoProcess.Result result = launched.await();
            assertEquals(0, result.code(), result.err());
            List<String> said = result.out().lines().sorted().toList();
            assertEquals(4, said.size(), result.out());
            assertTrue(said.get(0).matches("AEVO_JOB=kvs_\\d+_\\S+"), result.out());
            assertEquals(1, said.subList(0, 3).stream().distinct().count(), result.out());
            assertEquals("alive", said.get(3));
        }
    }

    @Test
    void aConnectionThatIsClosedOrSomethingElseIsNotAsked() throws Exception {
        for (String stale : List.of("exec 9<&-", "exec 9<>/dev/null", "exec 9< <(:)")) {
            Map<String, String> rank = Map.of("PMI_RANK", "0", "PMI_SIZE", "2", "PMI_FD", "9");
            try (AevoProcess asked = AevoProcess.start(
                    List.of("bash", "-c", stale + "; exec timeout 20 \"$0\""), folder, rank, LAUNCHER)) {
                AevoProcess.Result result = asked.await();
                assertEquals(0, result.code(), stale + ": " + result.err());
                assertEquals("", result.out() + result.err(), stale);
            }
        }
    }

    @Test
    void ranksOfOpenMpiMeetAlsoOfSeveralPrograms() throws Exception {
        need(OPEN_MPI.get(0), "openmpi-bin");
        try (AevoProcess launched = start(
                OPEN_MPI,
                line(
                                List.of("-n", "1", AEVO, "run", "many.yaml", "-o", "open", ":", "-n", "2"),
                                AEVO,
                                "run",
                                "many.yaml",
                                "-o",
                                "open")
                        .toArray(String[]::new))) {
            complete("open", launched, 2);
        }
    }

    /** What launchers do with a signal, and what it makes of a run. */
    private void stopped(String run, List<String> launcher, String signal, String seen) throws Exception {
        try (AevoProcess launched =
                start(launcher, "-n", "2", AEVO, "run", "input.yaml", "-o", run, "--evaluations", "100000")) {
            Path journal = folder.resolve(run).resolve("run.journal");
            Waiting.until(() -> Files.exists(journal) && history(run).evaluated() >= 2);
            assertEquals(
                    0,
                    new ProcessBuilder(
                                    "kill",
                                    "-" + signal,
                                    Long.toString(launched.process().pid()))
                            .start()
                            .waitFor());
            AevoProcess.Result result = launched.await();
            assertTrue(result.err().contains("stopping (" + seen + ")"), result.err());
        }
        RunHistory history = history(run);
        assertEquals(seen, history.ended().orElseThrow().reason());
        assertFalse(history.complete());
        assertTrue(history.workers().stream().noneMatch(worker -> worker.lost()), "workers leave it to rank 0");
        nothingLiesAbout();
    }

    @Test
    void signalsToHydraStopCleanly() throws Exception {
        need(HYDRA, "mpich");
        stopped("hydra-int", List.of(HYDRA), "INT", "SIGINT");
        stopped("hydra-usr1", List.of(HYDRA), "USR1", "SIGUSR1");
    }

    @Test
    void signalsToOpenMpiStopCleanlyWithinTheTimeThatItLeaves() throws Exception {
        need(OPEN_MPI.get(0), "openmpi-bin");
        stopped("open-usr1", OPEN_MPI, "USR1", "SIGUSR1");
        // it waits as long before it sends SIGTERM; its default of a second may not do on a machine that tests keep
        // busy
        stopped("open-int", line(OPEN_MPI, "--mca", "odls_base_sigkill_timeout", "6"), "INT", "SIGTERM");
    }
}

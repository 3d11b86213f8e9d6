package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.aevo.mpi.RunSecret;
import org.aevo.record.Entry;
import org.aevo.record.JournalReader;
import org.aevo.record.RunHistory;
import org.aevo.record.WorkerRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Ranks on hosts of their own, whose network fails, and strangers on it. */
@Tag("netns")
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
@Order(5)
class NetworkTest {
    private static final String INPUT =
            """
            name: network
            seed: 3
            mode: sync
            budget: {evaluations: 100000}
            evolution: {population: 6, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.5, cv: 0.3}
            cluster: {workers: 2, grace: 2, heartbeat-timeout: 5, start-timeout: 60}
            """;

    private static final int KNOWN = 1200;
    private static final int PORT = 21_000;
    private static final String SECRET = "5".repeat(64);

    /** A run of the same search that nothing happened to. */
    private static RunHistory undisturbed;

    @TempDir
    static Path quiet;

    @TempDir
    Path folder;

    private final List<AevoProcess> ranks = new ArrayList<>();
    private Network network;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        Optional<String> missing = Network.missing();
        missing.ifPresent(reason ->
                System.err.println("WARNING: runs over several hosts are NOT TESTED on this machine: " + reason));
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        Files.writeString(quiet.resolve("input.yaml"), INPUT);
        AevoProcess.Result run = AevoProcess.run(
                quiet,
                "run",
                "input.yaml",
                "-o",
                "quiet",
                "--set",
                "evaluator.mean-seconds=0.001",
                "--evaluations",
                Integer.toString(KNOWN));
        assertEquals(ExitCode.DONE, run.code(), run.err());
        undisturbed = RunHistory.read(quiet.resolve("quiet/run.journal"));
    }

    @BeforeEach
    void open() throws Exception {
        network = Network.of(4);
        Files.writeString(folder.resolve("input.yaml"), INPUT);
    }

    @AfterEach
    void close() throws Exception {
        for (AevoProcess rank : ranks) {
            rank.close();
        }
        network.close();
    }

    /** A rank on the host of the same number. */
    private AevoProcess rank(int rank, int of, String master, String... more) throws IOException {
        return rankKnowing(SECRET, rank, of, master, more);
    }

    private AevoProcess rankKnowing(String secret, int rank, int of, String master, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--rank",
                Integer.toString(rank),
                "--ranks",
                Integer.toString(of),
                "--master",
                master + ":" + PORT));
        arguments.addAll(more.length > 0 ? List.of(more) : List.of("input.yaml", "-o", "run"));
        AevoProcess process =
                network.start(rank, folder, Map.of(RunSecret.VARIABLE, secret), arguments.toArray(String[]::new));
        ranks.add(process);
        return process;
    }

    /** The same on a host whose own name nobody knows. */
    private void namelessRank(int rank, int of, String master) throws IOException {
        List<String> nameless = new ArrayList<>(network.on(rank));
        nameless.addAll(List.of("unshare", "--uts", "sh", "-c", "hostname nowhere && exec \"$@\"", "sh"));
        ranks.add(Network.start(
                nameless,
                folder,
                Map.of(RunSecret.VARIABLE, SECRET, "HOSTNAME", "node" + rank),
                "run",
                "input.yaml",
                "-o",
                "run",
                "--rank",
                Integer.toString(rank),
                "--ranks",
                Integer.toString(of),
                "--master",
                master + ":" + PORT));
    }

    private RunHistory history() throws IOException {
        Path journal = folder.resolve("run/run.journal");
        return Files.exists(journal) ? RunHistory.read(journal) : new RunHistory();
    }

    private String log() throws IOException {
        Path log = folder.resolve("run/run.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private List<Entry> journal() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(folder.resolve("run/run.journal"))) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                entries.add(next.get().entry());
            }
        }
        return entries;
    }

    private List<Entry.WorkerLeft> lost() throws IOException {
        return journal().stream()
                .filter(Entry.WorkerLeft.class::isInstance)
                .map(Entry.WorkerLeft.class::cast)
                .filter(Entry.WorkerLeft::lost)
                .toList();
    }

    /** Worker processes of a host, the latest last. */
    private List<WorkerRow> workers(int host) throws IOException {
        return history().workers().stream()
                .filter(w -> w.joined().host().equals("node" + host))
                .toList();
    }

    private void awaitWork(int host, int processes) throws Exception {
        await(() -> workers(host).size() >= processes
                && workers(host).get(workers(host).size() - 1).evaluations() > 0);
    }

    private void awaitProgress() throws Exception {
        int sofar = history().evaluated();
        await(() -> history().evaluated() >= sofar + 8);
    }

    /** Nothing is lost, nothing is counted twice, and the search has decided as it does when nothing happens. */
    private void assertNothingHappenedToTheSearch() throws Exception {
        Set<Long> arrived = new HashSet<>();
        for (Entry entry : journal()) {
            if (entry instanceof Entry.Arrived a) {
                assertTrue(
                        arrived.add(a.evaluation().id()),
                        () -> "evaluation " + a.evaluation().id() + " came twice");
            }
        }
        RunHistory disturbed = history();
        assertTrue(disturbed.asked() > 1 && disturbed.asked() <= KNOWN, "asked " + disturbed.asked());
        for (long id = 0; id < disturbed.asked(); id++) {
            assertEquals(undisturbed.candidate(id), disturbed.candidate(id));
            if (disturbed.evaluation(id).isPresent()) {
                assertEquals(
                        undisturbed.evaluation(id).orElseThrow().evaluation().fitness(),
                        disturbed.evaluation(id).get().evaluation().fitness());
            }
        }
        assertEquals(disturbed.evaluated(), arrived.size());
    }

    private void stop(AevoProcess master) throws Exception {
        master.process().destroy();
        assertEquals(143, master.await().code());
    }

    @Test
    void byNameByAddressAndAmongStrangers() throws Exception {
        AevoProcess master = rank(0, 4, "node0");
        await(() -> log().contains("listens on port " + PORT));
        ProcessBuilder knocking = new ProcessBuilder(new ArrayList<>(network.on(1))).redirectErrorStream(true);
        knocking.command()
                .addAll(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        AevoProcess.absoluteClassPath(),
                        Stranger.class.getName(),
                        Network.address(0),
                        Integer.toString(PORT),
                        "120"));
        Path heard = folder.resolve("stranger");
        Process stranger = knocking.redirectOutput(heard.toFile()).start();
        try {
            await(() -> Files.readString(heard).contains("sweep 2 "));
            rank(1, 4, "node0");
            namelessRank(2, 4, Network.address(0));
            AevoProcess wrong = rankKnowing("6".repeat(64), 3, 4, "node0");
            awaitWork(1, 1);
            awaitWork(2, 1);
            await(() -> wrong.errorOutput().contains("does not know this run's secret"));
            wrong.close();
            AevoProcess late = rank(3, 4, Network.address6(0));
            network.delay(2, 50, 2);
            awaitWork(3, 1);
            awaitProgress();
            assertTrue(stranger.isAlive(), Files.readString(heard));
            assertEquals(List.of(), lost());
            stop(master);
            assertEquals(ExitCode.DONE, late.await().code());
        } finally {
            stranger.destroyForcibly().waitFor();
        }
        assertNothingHappenedToTheSearch();
        assertEquals(3, history().workers().size());
    }

    @Test
    @Tag("long")
    void aHostThatIsCutOffIsLostAndComesAgainWhenItCan() throws Exception {
        String[] impatient = {"input.yaml", "-o", "run", "--set", "cluster.start-timeout=25"};
        AevoProcess master = rank(0, 4, "node0", impatient);
        List<AevoProcess> agents = new ArrayList<>();
        for (int host = 1; host <= 3; host++) {
            agents.add(rank(host, 4, "node0", impatient));
        }
        for (int host = 1; host <= 3; host++) {
            awaitWork(host, 1);
        }

        network.cut(1);
        TimeUnit.MILLISECONDS.sleep(1200); // an outage is a matter of time
        network.mend(1);
        awaitProgress();
        assertEquals(List.of(), lost(), "an outage shorter than the time-out costs nobody");

        network.cut(2);
        network.cut(3);
        await(() -> lost().size() == 2);
        assertTrue(lost().stream().allMatch(l -> l.reason().startsWith("no sign of life")), lost().toString());
        awaitProgress();
        network.mend(3);
        awaitWork(3, 2);
        assertEquals(1, workers(2).size());

        long victim = workers(1).get(0).joined().pid();
        ProcessHandle.of(victim).orElseThrow().destroyForcibly();
        await(() -> lost().size() == 3);
        assertTrue(lost().get(2).reason().contains("connection"), lost().toString()); // seen, not missed
        awaitWork(1, 2);
        assertNothingHappenedToTheSearch();

        network.cut(0);
        for (AevoProcess agent : agents) {
            assertEquals(ExitCode.FAILED, agent.await().code(), agent.errorOutput());
        }
        AevoProcess.Result alone = master.await();
        assertEquals(ExitCode.RESUMABLE, alone.code(), alone.err());
        assertTrue(alone.err().contains("no worker was ready for 25 s"), alone.err());

        network.mend(0);
        String enough = Integer.toString(history().asked() + 7);
        AevoProcess resumed = rank(0, 2, "node0", "--resume", "run", "--evaluations", enough);
        rank(1, 2, "node0", "--resume", "run", "--evaluations", enough);
        assertEquals(ExitCode.DONE, resumed.await().code(), resumed.errorOutput());
        assertNothingHappenedToTheSearch();
        assertEquals(ExitCode.DONE, AevoProcess.run(folder, "verify", "run").code());
    }

    /** Teams of the run, the oldest first. */
    private List<Entry.TeamFormed> teams() throws IOException {
        return journal().stream()
                .filter(Entry.TeamFormed.class::isInstance)
                .map(Entry.TeamFormed.class::cast)
                .toList();
    }

    @Test
    void membersOfATeamMayBeOnSeveralHostsAndOneOfThemCutOff() throws Exception {
        String[] together = {"input.yaml", "-o", "run", "--team", "2"};
        AevoProcess master = rank(0, 3, "node0", together);
        rank(1, 3, "node0", together);
        rank(2, 3, Network.address(0), together);
        awaitProgress();
        network.cut(2);
        await(() -> lost().size() == 1);
        network.mend(2);
        await(() -> teams().size() == 2);
        awaitProgress();
        assertEquals(1, workers(1).size(), "whoever was with the one cut off stayed");
        assertEquals(2, workers(2).size());
        stop(master);
        assertNothingHappenedToTheSearch();
        assertTrue(log().contains("(workers 1, 2 on node1, node2) is ready")
                || log().contains("(workers 1, 2 on node2, node1) is ready"));
    }

    @Test
    void aWorkerThatLosesItsLinkInTheMiddleOfAnEvaluationComesAgain() throws Exception {
        String[] slow = {"input.yaml", "-o", "run", "--set", "evaluator.mean-seconds=30", "--set", "evaluator.cv=0"};
        AevoProcess master = rank(0, 2, "node0", slow);
        AevoProcess agent = rank(1, 2, "node0", slow);
        await(() -> history().asked() > 0 && history().attempts(0) == 1);
        network.cut(1);
        await(() -> lost().size() == 1 && agent.errorOutput().contains("no sign of life"));
        network.mend(1);
        await(() -> history().attempts(0) == 2);
        assertEquals(2, workers(1).size());
        stop(master);
        assertEquals(ExitCode.DONE, agent.await().code());
        assertFalse(history().evaluation(0).isPresent());
    }

    @Test
    @Tag("long")
    void aLinkThatComesBackAfterAMinuteBringsNothingTwice() throws Exception {
        String[] slow = {
            "input.yaml",
            "-o",
            "run",
            "--set",
            "evaluator.mean-seconds=20",
            "--set",
            "evaluator.cv=0",
            "--set",
            "cluster.heartbeat-timeout=30"
        };
        AevoProcess master = rank(0, 3, "node0", slow);
        rank(1, 3, "node0", slow);
        rank(2, 3, "node0", slow);
        await(() -> history().workers().size() == 2 && history().asked() == 2);
        network.cut(1);
        TimeUnit.SECONDS.sleep(60); // its evaluation is ready after 20 s, the master gives it up after 30 s
        network.mend(1);
        awaitWork(1, 2);
        assertEquals(1, lost().size());
        stop(master);
        assertNothingHappenedToTheSearch();
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws Exception;
    }

    private String errors() throws IOException {
        StringBuilder all = new StringBuilder();
        for (AevoProcess rank : ranks) {
            if (rank.process().isAlive()) {
                all.append("\n-- ").append(rank.errorOutput());
            }
        }
        return all.toString();
    }

    private void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain; the log: " + log() + errors());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}

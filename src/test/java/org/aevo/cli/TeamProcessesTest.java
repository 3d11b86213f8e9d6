package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.aevo.record.Entry;
import org.aevo.record.JournalReader;
import org.aevo.record.RunHistory;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Teams of real processes, whose members are killed and stopped. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
@Order(3)
class TeamProcessesTest {
    private static final String SIMULATED =
            """
            name: teams
            seed: 3
            mode: sync
            budget: {evaluations: %d}
            evolution: {population: 6, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.3, cv: 0.3}
            cluster: {workers: 2, team: 2, grace: 5, heartbeat-timeout: 5, max-attempts: 10}
            """;

    private static final String TRAINED =
            """
            name: trained
            seed: 3
            budget: {evaluations: %d}
            evolution: {population: 4, min-population: 3, tournament: 2}
            space: {family: dense, latent: 2, max-genes: 2, units: [4, 16]}
            training: {epochs: 3}
            data: {kind: swiss-roll, samples: 300}
            cluster: {workers: 2, team: 2}
            """;

    @TempDir
    Path folder;

    private Path run;

    private AevoProcess start(String input, int evaluations) throws IOException {
        Files.writeString(folder.resolve("input.yaml"), input.formatted(evaluations));
        run = folder.resolve("run");
        return AevoProcess.start(folder, Map.of(), "run", "input.yaml", "-o", run.toString());
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(run.resolve("run.journal"))) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                entries.add(next.get().entry());
            }
        } catch (IOException e) {
            return List.of(); // not there yet
        }
        return entries;
    }

    private <E extends Entry> List<E> entries(Class<E> kind) {
        return entries().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The process of a member of the newest team, once that has been sent a candidate. */
    private ProcessHandle member(int rank) throws Exception {
        AtomicReference<Optional<Long>> process = new AtomicReference<>(Optional.empty());
        Waiting.until(() -> {
            List<Entry> all = entries();
            Optional<Entry.TeamFormed> team = Optional.empty();
            boolean working = false;
            for (Entry entry : all) {
                if (entry instanceof Entry.TeamFormed formed) {
                    team = Optional.of(formed);
                    working = false;
                } else if (entry instanceof Entry.TeamEnded) {
                    team = Optional.empty();
                }
                working |= entry instanceof Entry.Dispatched && team.isPresent();
            }
            if (working && team.isPresent()) {
                long number = team.get().workers().get(rank);
                process.set(all.stream()
                        .filter(Entry.WorkerJoined.class::isInstance)
                        .map(Entry.WorkerJoined.class::cast)
                        .filter(joined -> joined.worker() == number)
                        .map(Entry.WorkerJoined::pid)
                        .findFirst());
            }
            return process.get().isPresent();
        });
        return ProcessHandle.of(process.get().orElseThrow()).orElseThrow();
    }

    private void kill(int rank) throws Exception {
        long teams = entries(Entry.TeamEnded.class).size();
        assertTrue(member(rank).destroyForcibly());
        Waiting.until(() -> entries(Entry.TeamEnded.class).size() > teams);
    }

    private String log() throws IOException {
        return Files.readString(run.resolve("run.log"));
    }

    @Test
    void leaderAndFollowerMayDieOneAfterTheOtherAndBothAtOnce() throws Exception {
        try (AevoProcess aevo = start(SIMULATED, 30)) {
            kill(1);
            kill(0);
            ProcessHandle leader = member(0);
            ProcessHandle follower = member(1);
            leader.destroyForcibly();
            follower.destroyForcibly();
            AevoProcess.Result result = aevo.await();
            assertEquals(ExitCode.DONE, result.code(), result.err());
        }
        assertEquals(List.of(), JournalRules.broken(run.resolve("run.journal")));
        assertEquals(4, entries(Entry.TeamFormed.class).size());
        assertEquals(
                3,
                entries(Entry.TeamEnded.class).stream()
                        .filter(Entry.TeamEnded::lost)
                        .count());
        String told = log();
        assertTrue(told.contains(" is lost (worker "), told);
        assertTrue(told.contains(") with candidate "), told);
        assertTrue(told.contains(" was killed by signal 9 (SIGKILL)"), told);
    }

    @Test
    void aFollowerThatIsStoppedIsGivenUpAndItsLeaderIsFreed() throws Exception {
        try (AevoProcess aevo = start(SIMULATED, 30)) {
            ProcessHandle follower = member(1);
            ProcessHandle leader = member(0);
            new ProcessBuilder("kill", "-STOP", Long.toString(follower.pid()))
                    .start()
                    .waitFor();
            AevoProcess.Result result = aevo.await();
            assertEquals(ExitCode.DONE, result.code(), result.err());
            assertTrue(!follower.isAlive());
            List<Entry.WorkerJoined> workers = entries(Entry.WorkerJoined.class);
            assertEquals(3, workers.size(), "one took its place");
            assertEquals(
                    1, workers.stream().filter(w -> w.pid() == leader.pid()).count(), "its leader stayed");
        }
        assertEquals(List.of(), JournalRules.broken(run.resolve("run.journal")));
        assertTrue(log().contains("no sign of life for 5 s"), log());
        assertEquals(2, entries(Entry.TeamFormed.class).size());
    }

    @Test
    void trainedTogetherOverTheDeathOfAMemberAndTheEndIsQuiet() throws Exception {
        try (AevoProcess aevo = start(TRAINED, 10)) {
            kill(1);
            AevoProcess.Result result = aevo.await();
            assertEquals(ExitCode.DONE, result.code(), result.err());
        }
        List<Entry.Arrived> arrived = entries(Entry.Arrived.class);
        assertEquals(10, arrived.size());
        for (Entry.Arrived one : arrived) {
            assertEquals(2, one.evaluation().effort().teamwork().ranks());
            assertTrue(one.evaluation().hasFitness(), one.toString());
            assertTrue(one.evaluation().effort().usage().cpuSeconds() > 0);
        }
        assertEquals(RunHistory.read(run.resolve("run.journal")).evaluated(), arrived.size());
        String end = log().substring(log().lastIndexOf(" evaluation 9 "));
        assertEquals(2, end.lines().count(), end);
        assertTrue(log().lines().noneMatch(line -> line.contains("\tat ") || line.contains("Exception")), log());
    }

    @Test
    void aRunOfTeamsThatWasStoppedGoesOnWithAnother() throws Exception {
        try (AevoProcess aevo = start(SIMULATED, 14)) {
            member(0);
            aevo.process().destroy();
            AevoProcess.Result result = aevo.await();
            assertEquals(128 + 15, result.code(), result.err());
            assertTrue(result.err().contains("waiting up to 5.0 s for evaluations that are out"), result.err());
        }
        long lost = entries(Entry.DispatchLost.class).size();
        assertEquals(0, lost, "what was out came in");
        AevoProcess.Result alone =
                AevoProcess.run(folder, "run", "--resume", run.toString(), "--set", "cluster.team=1");
        assertEquals(ExitCode.DONE, alone.code(), alone.err());
        List<Entry.Arrived> arrived = entries(Entry.Arrived.class);
        assertEquals(14, arrived.size());
        assertEquals(2, arrived.get(0).evaluation().effort().teamwork().ranks());
        assertEquals(1, arrived.get(13).evaluation().effort().teamwork().ranks());
    }

    /** Neither where the run's own input.yaml is there nor where only the journal has it. */
    @Test
    void aTeamWithOtherLearningRatesDoesNotGoOn() throws Exception {
        String input = SIMULATED
                .replace("mean-seconds: 0.3", "mean-seconds: 0.01")
                .replace("team: 2", "team: 2, team-learning-rate: linear");
        try (AevoProcess aevo = start(input, 8)) {
            assertEquals(ExitCode.DONE, aevo.await().code());
        }
        for (int time = 0; time < 2; time++) {
            AevoProcess.Result refused =
                    AevoProcess.run(folder, "run", "--resume", run.toString(), "--evaluations", "10", "--team", "1");
            assertEquals(ExitCode.USAGE, refused.code(), refused.err());
            assertTrue(refused.err().contains("learning rates were multiplied by 2.000"), refused.err());
            Files.deleteIfExists(run.resolve("input.yaml"));
        }
        assertEquals(8, entries(Entry.Arrived.class).size());
    }
}

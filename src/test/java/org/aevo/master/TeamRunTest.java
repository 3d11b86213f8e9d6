package org.aevo.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.aevo.Locks;
import org.aevo.record.Entry;
import org.aevo.record.JournalReader;
import org.aevo.search.Budget;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Durations;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator;
import org.aevo.search.ForwardingEvaluator;
import org.aevo.search.Job;
import org.aevo.search.Mode;
import org.aevo.team.Collective;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose workers, threads here, evaluate in teams. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Locks.LINKS, mode = ResourceAccessMode.READ)
class TeamRunTest {
    @TempDir
    Path folder;

    private InProcessRun run(String name, Mode mode, long evaluations, int workers) {
        return new InProcessRun(folder.resolve(name), mode, 42, Budget.ofEvaluations(evaluations), workers);
    }

    /** Dies with its worker before an evaluation, if its rank in the team and the candidate are those. */
    private static Evaluator mortal(IntPredicate rank, Predicate<Candidate> kills) {
        return new ForwardingEvaluator(InProcessRun.simulated(0.004, 1)) {
            private int mine = -1;

            @Override
            public void join(Optional<Collective> members) {
                mine = members.map(Collective::rank).orElse(-1);
                super.join(members);
            }

            @Override
            public Outcome evaluate(Job job, Control control) {
                if (rank.test(mine) && kills.test(job.candidate())) {
                    throw new InProcessRun.DeadWorker();
                }
                return super.evaluate(job, control);
            }
        };
    }

    private List<Entry> entries(InProcessRun run) throws Exception {
        List<Entry> entries = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(run.paths.journal())) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                entries.add(next.get().entry());
            }
        }
        return entries;
    }

    @Test
    void aSynchronousRunOfTeamsDecidesAsOneOfWorkersAlone() throws Exception {
        InProcessRun.Result alone = run("alone", Mode.SYNC, 40, 1).run();
        InProcessRun pairs = run("pairs", Mode.SYNC, 40, 4)
                .team(2)
                .evaluators(w -> InProcessRun.simulated(0.03, 1)); // time for both to meet
        InProcessRun.Result two = pairs.run();
        InProcessRun.Result three =
                run("three", Mode.SYNC, 40, 3).team(3).prefetching(1).run();
        assertTrue(two.outcome().complete());
        assertEquals(alone.genomes(), two.genomes());
        assertEquals(alone.insertions(), two.insertions());
        assertEquals(alone.insertions(), three.insertions());
        List<Entry> entries = entries(pairs);
        List<Entry.TeamFormed> formed = of(entries, Entry.TeamFormed.class);
        assertEquals(2, formed.size());
        assertEquals(
                Set.of(0L, 1L, 2L, 3L),
                new HashSet<>(formed.stream().flatMap(t -> t.workers().stream()).toList()));
        assertEquals(
                2,
                of(entries, Entry.TeamEnded.class).stream()
                        .filter(t -> !t.lost())
                        .count());
        Set<Long> leaders =
                new HashSet<>(formed.stream().map(t -> t.workers().get(0)).toList());
        assertTrue(of(entries, Entry.Dispatched.class).stream().allMatch(d -> leaders.contains(d.worker())));
        for (Entry.Arrived arrived : of(entries, Entry.Arrived.class)) {
            assertEquals(2, arrived.evaluation().effort().teamwork().ranks());
        }
    }

    private static <E extends Entry> List<E> of(List<Entry> entries, Class<E> kind) {
        return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aMemberThatDiesChangesNothingInASynchronousRun(int rank) throws Exception {
        InProcessRun.Result undisturbed = run("undisturbed", Mode.SYNC, 20, 1).run();
        Set<Long> killed = ConcurrentHashMap.newKeySet();
        InProcessRun run = run("disturbed", Mode.SYNC, 20, 3)
                .team(3)
                .rejoining()
                .evaluators(w -> mortal(r -> r == rank, c -> c.id() % 7 == 3 && killed.add(c.id())));
        InProcessRun.Result disturbed = run.run();
        assertEquals(Set.of(3L, 10L, 17L), killed);
        assertEquals(undisturbed.insertions(), disturbed.insertions());
        for (long id = 0; id < 20; id++) {
            assertEquals(killed.contains(id) ? 2 : 1, disturbed.history().attempts(id), "attempts of " + id);
        }
        List<Entry> entries = entries(run);
        assertEquals(4, of(entries, Entry.TeamFormed.class).size());
        assertEquals(
                3,
                of(entries, Entry.TeamEnded.class).stream()
                        .filter(Entry.TeamEnded::lost)
                        .count());
    }

    @Test
    void aCandidateThatKillsItsTeamsIsGivenUp() throws Exception {
        InProcessRun.Result result = run("killer", Mode.ASYNC, 12, 4)
                .team(2)
                .rejoining()
                .maxAttempts(2)
                .prefetching(1)
                .evaluators(w -> mortal(r -> r == 1, c -> c.id() == 5))
                .run();
        assertTrue(result.outcome().complete());
        assertEquals(12, result.history().evaluated());
        assertEquals(
                EvaluationStatus.WORKER_LOST,
                result.history().evaluation(5).orElseThrow().evaluation().status());
        assertEquals(
                "its worker was lost in each of 2 attempts",
                result.history().evaluation(5).orElseThrow().evaluation().message());
    }

    @Test
    void teamsAreOfOneHostEach() throws Exception {
        Map<Long, String> hostOf = new HashMap<>();
        InProcessRun run = run("hosts", Mode.ASYNC, 20, 6).team(2).hosts(w -> "node" + w % 3);
        assertTrue(run.run().outcome().complete());
        List<Entry> entries = entries(run);
        of(entries, Entry.WorkerJoined.class).forEach(w -> hostOf.put(w.worker(), w.host()));
        List<Entry.TeamFormed> formed = of(entries, Entry.TeamFormed.class);
        assertTrue(!formed.isEmpty());
        for (Entry.TeamFormed team : formed) {
            assertEquals(1, team.workers().stream().map(hostOf::get).distinct().count(), team.toString());
        }
    }

    @Test
    void whoStandsByTakesTheDeadOnesPlace() throws Exception {
        AtomicInteger deaths = new AtomicInteger();
        InProcessRun run = run("standby", Mode.ASYNC, 30, 3)
                .team(2)
                .evaluators(w -> mortal(r -> r == 1, c -> c.id() == 4 && deaths.incrementAndGet() == 1));
        InProcessRun.Result result = run.run();
        assertTrue(result.outcome().complete());
        assertEquals(30, result.history().evaluated());
        assertEquals(2, of(entries(run), Entry.TeamFormed.class).size());
    }

    @Test
    void aRunThatCanMakeNoTeamAnyMoreEndsAndSaysWhy() throws Exception {
        AtomicInteger deaths = new AtomicInteger();
        InProcessRun.Result result = run("few", Mode.ASYNC, 30, 2)
                .team(2)
                .lonelySeconds(6)
                .evaluators(w -> mortal(r -> r == 1, c -> c.id() == 4 && deaths.incrementAndGet() == 1))
                .run();
        assertFalse(result.outcome().complete());
        assertTrue(
                result.outcome()
                        .reason()
                        .matches(
                                "no team of 2 was ready for [0-9]+ s \\(cluster.start-timeout\\); cluster.team is 2, and 1 worker is ready"),
                result.outcome().reason());
    }

    @Test
    void aRunOfTeamsStopsAndGoesOn() throws Exception {
        InProcessRun.Result whole = run("whole", Mode.SYNC, 30, 2).run();
        InProcessRun first = run("parts", Mode.SYNC, 30, 2).team(2).listener(new InProcessRun.StoppingListener(11));
        InProcessRun.Result stopped = first.run();
        assertFalse(stopped.outcome().complete());
        InProcessRun again = run("parts", Mode.SYNC, 30, 3).team(3);
        InProcessRun.Result gone = again.run();
        assertTrue(gone.outcome().complete());
        assertEquals(whole.insertions(), gone.insertions());
        List<Long> numbers = of(entries(again), Entry.TeamFormed.class).stream()
                .map(Entry.TeamFormed::team)
                .toList();
        assertEquals(List.of(1L, 2L), numbers);
    }

    /** Comes to an end by itself with some candidates, if its rank in the team is that. */
    private static Evaluator parting(int rank, Predicate<Candidate> alone) {
        return new ForwardingEvaluator(InProcessRun.simulated(0.004, 1)) {
            private Optional<Collective> team = Optional.empty();

            @Override
            public void join(Optional<Collective> members) {
                team = members;
                super.join(members);
            }

            @Override
            public Outcome evaluate(Job job, Control control) {
                if (team.filter(t -> t.rank() == rank).isPresent() && alone.test(job.candidate())) {
                    team.get().close();
                    return new Outcome(
                            Evaluation.failed(
                                    job.candidate().id(), EvaluationStatus.OUT_OF_MEMORY, Durations.ZERO, "none left"),
                            Optional.empty());
                }
                return super.evaluate(job, control);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whatWasSentInAdvanceIsNotToBlameForAMemberThatParts(int rank) throws Exception {
        InProcessRun.Result result = run("parting", Mode.ASYNC, 20, 2)
                .team(2)
                .maxAttempts(1)
                .prefetching(1)
                .evaluators(w -> parting(rank, c -> c.id() % 4 == 2))
                .run();
        assertTrue(result.outcome().complete(), result.outcome().reason());
        for (long id = 0; id < 20; id++) {
            assertEquals(
                    id % 4 == 2 ? EvaluationStatus.OUT_OF_MEMORY : EvaluationStatus.OK,
                    result.history().evaluation(id).orElseThrow().evaluation().status(),
                    "candidate " + id);
        }
    }

    /** Its leader does not end with its team at a candidate, whatever is said to it; the other member dies of that. */
    private static Evaluator obstinate(CountDownLatch end, AtomicInteger deaths) {
        return new ForwardingEvaluator(mortal(r -> r == 1, c -> c.id() == 4 && deaths.incrementAndGet() == 1)) {
            private int rank = -1;

            @Override
            public void join(Optional<Collective> members) {
                rank = members.map(Collective::rank).orElse(-1);
                super.join(members);
            }

            @Override
            public Outcome evaluate(Job job, Control control) {
                boolean interrupted = false;
                while (rank == 0 && job.candidate().id() == 4 && end.getCount() > 0) {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return super.evaluate(job, control);
            }
        };
    }

    @Test
    void whoDoesNotLeaveATeamThatHasEndedIsGivenUp() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger deaths = new AtomicInteger();
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        InProcessRun.Result result = run("obstinate", Mode.ASYNC, 20, 2)
                .team(2)
                .rejoining()
                .lonelySeconds(10)
                .mutes(0, 2)
                .listener(new InProcessRun.QuietListener() {
                    @Override
                    public void warning(String message) {
                        warnings.add(message);
                        if (message.contains("is given up")) {
                            end.countDown();
                        }
                    }
                })
                .evaluators(w -> obstinate(end, deaths))
                .run();
        assertTrue(result.outcome().complete(), result.outcome().reason());
        assertEquals(2, result.history().attempts(4));
        assertEquals(
                1,
                warnings.stream()
                        .filter(w -> w.endsWith("is given up: it has not left its team, which ended 5 s ago"))
                        .count(),
                warnings.toString());
    }
}

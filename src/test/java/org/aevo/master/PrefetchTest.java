package org.aevo.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.aevo.Locks;
import org.aevo.record.Accounting;
import org.aevo.record.Entry;
import org.aevo.record.JournalReader;
import org.aevo.record.RunHistory;
import org.aevo.search.Budget;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator;
import org.aevo.search.Job;
import org.aevo.search.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers with a candidate in advance. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Locks.LINKS, mode = ResourceAccessMode.READ)
class PrefetchTest {
    @TempDir
    Path folder;

    private InProcessRun run(String name, Mode mode, long evaluations, int workers) {
        return new InProcessRun(folder.resolve(name), mode, 42, Budget.ofEvaluations(evaluations), workers)
                .prefetching(1);
    }

    private List<Entry> entries(String name) throws Exception {
        List<Entry> entries = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(folder.resolve(name).resolve("run.journal"))) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                entries.add(next.get().entry());
            }
        }
        return entries;
    }

    private List<Entry.DispatchLost> lost(String name) throws Exception {
        return entries(name).stream()
                .filter(Entry.DispatchLost.class::isInstance)
                .map(Entry.DispatchLost.class::cast)
                .toList();
    }

    /** Takes as long as it is said to, and kills its worker where it is said to. */
    private static Evaluator evaluator(ToDoubleFunction<Candidate> seconds, Predicate<Candidate> kills) {
        return new Evaluator() {
            @Override
            public Outcome evaluate(Job job, Control control) {
                if (kills.test(job.candidate())) {
                    throw new InProcessRun.DeadWorker();
                }
                return InProcessRun.simulated(seconds.applyAsDouble(job.candidate()), 0)
                        .evaluate(job, control);
            }

            @Override
            public String device() {
                return "simulated";
            }

            @Override
            public boolean simulated() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void workersHaveNoMoreThanThatAndTheBudgetIsKept(int inAdvance) throws Exception {
        InProcessRun.Result result =
                run("budget", Mode.ASYNC, 60, 3).prefetching(inAdvance).run();
        assertTrue(result.outcome().complete());
        assertEquals(60, result.history().asked());
        assertEquals(60, result.history().evaluated());
        Map<Long, Set<Long>> work = new HashMap<>();
        int most = 0;
        for (Entry entry : entries("budget")) {
            if (entry instanceof Entry.Dispatched e) {
                Set<Long> own = work.computeIfAbsent(e.worker(), w -> new HashSet<>());
                assertTrue(own.add(e.id()));
                most = Math.max(most, own.size());
            } else if (entry instanceof Entry.Arrived e) {
                assertTrue(work.get(e.worker()).remove(e.evaluation().id()));
            } else if (entry instanceof Entry.DispatchLost e) {
                assertTrue(work.get(e.worker()).remove(e.id()));
            }
        }
        assertEquals(1 + inAdvance, most);
    }

    @Test
    void aSynchronousRunIsTheSameWithAndWithout() throws Exception {
        InProcessRun.Result without =
                new InProcessRun(folder.resolve("without"), Mode.SYNC, 42, Budget.ofEvaluations(40), 2).run();
        for (int inAdvance : List.of(1, 5)) {
            InProcessRun.Result with = run("with" + inAdvance, Mode.SYNC, 40, 3)
                    .prefetching(inAdvance)
                    .run();
            assertEquals(without.genomes(), with.genomes());
            assertEquals(without.insertions(), with.insertions());
        }
    }

    /** With two attempts each, a candidate that was blamed for what its neighbour did would soon be given up. */
    @Test
    void onlyTheCandidateAtWorkIsBlamedForItsWorkersDeath() throws Exception {
        InProcessRun.Result result = run("blame", Mode.ASYNC, 30, 2)
                .rejoining()
                .maxAttempts(2)
                .evaluators(w -> evaluator(c -> 0.02, c -> c.id() % 10 == 5))
                .run();
        assertEquals(30, result.history().evaluated());
        for (long id = 0; id < 30; id++) {
            assertEquals(
                    id % 10 == 5 ? EvaluationStatus.WORKER_LOST : EvaluationStatus.OK,
                    result.history().evaluation(id).orElseThrow().evaluation().status(),
                    "candidate " + id);
        }
        assertEquals(
                List.of(5L, 5L, 15L, 15L, 25L, 25L),
                lost("blame").stream()
                        .filter(Entry.DispatchLost::begun)
                        .map(Entry.DispatchLost::id)
                        .sorted()
                        .toList());
        assertTrue(lost("blame").stream().anyMatch(e -> !e.begun()), "nothing was ever lost in advance");
    }

    /** What is behind a long evaluation goes to a worker that has nothing to do, at the end and at a barrier. */
    @ParameterizedTest
    @CsvSource({"ASYNC, 1", "ASYNC, 5", "SYNC, 1", "SYNC, 5"})
    void noCandidateWaitsWhileAWorkerIsIdle(Mode mode, int inAdvance) throws Exception {
        String name = "behind-" + mode;
        int budget = mode == Mode.SYNC ? 6 : 12;
        InProcessRun.Result result = run(name, mode, budget, 2)
                .prefetching(inAdvance)
                .evaluators(w -> evaluator(c -> c.id() == 0 ? 3 : 0.02, c -> false))
                .run();
        RunHistory history = result.history();
        double slow = history.evaluation(0).orElseThrow().arrived();
        for (long id = 1; id < budget; id++) {
            assertTrue(history.evaluation(id).orElseThrow().arrived() < slow, id + " waited for candidate 0");
        }
        assertTrue(lost(name).stream().noneMatch(Entry.DispatchLost::begun));
        assertFalse(lost(name).isEmpty());
        assertEquals(0, Accounting.of(history).orElseThrow().lost(), 1e-9);
    }

    @Test
    void whatWasNotBegunWhenTheRunEndsIsUnfinished() throws Exception {
        InProcessRun.StoppingListener afterHandingOut = new InProcessRun.StoppingListener(1) {
            @Override
            public void evaluated(Candidate candidate, Evaluation evaluation, Status status, boolean improved) {
                // at the next tick: then the worker has the next one in advance
            }

            @Override
            public void tick(Status status) {
                stopAfter(status);
            }
        };
        InProcessRun.Result result = run("stopped", Mode.ASYNC, 20, 1)
                .graceSeconds(60)
                .evaluators(w -> evaluator(c -> 1, c -> false))
                .listener(afterHandingOut)
                .run();
        assertFalse(result.outcome().complete());
        RunHistory history = result.history();
        assertEquals(List.of(2L), history.unfinished());
        assertEquals(2, history.evaluated());
        assertEquals(
                List.of(2L),
                lost("stopped").stream().map(Entry.DispatchLost::id).toList());
        assertFalse(lost("stopped").get(0).begun());
    }

    @Test
    void aStoppedRunGoesOnAsIfItHadNotBeenStopped() throws Exception {
        InProcessRun.Result whole =
                new InProcessRun(folder.resolve("whole"), Mode.SYNC, 42, Budget.ofEvaluations(30), 2).run();
        InProcessRun.Result stopped = run("parts", Mode.SYNC, 30, 2)
                .listener(new InProcessRun.StoppingListener(8))
                .run();
        assertFalse(stopped.outcome().complete());
        InProcessRun.Result resumed = run("parts", Mode.SYNC, 30, 3).run();
        assertTrue(resumed.outcome().complete());
        assertEquals(whole.insertions(), resumed.insertions());
    }

    /** The record of a lost worker, too: which of its candidates is to blame is known after a crash as before it. */
    @Test
    void aMasterMayDieAfterAnyRecord() throws Exception {
        InProcessRun killer = run("unharmed", Mode.ASYNC, 6, 1)
                .rejoining()
                .maxAttempts(2)
                .evaluators(w -> evaluator(c -> 0.002, c -> c.id() == 2));
        InProcessRun.Result whole = killer.run();
        assertEquals(
                EvaluationStatus.WORKER_LOST,
                whole.history().evaluation(2).orElseThrow().evaluation().status());
        for (String died : Deaths.afterEachRecord(folder, "unharmed")) {
            InProcessRun.Result resumed = run(died, Mode.ASYNC, 6, 1)
                    .rejoining()
                    .maxAttempts(2)
                    .evaluators(w -> evaluator(c -> 0.002, c -> c.id() == 2))
                    .run();
            assertTrue(resumed.outcome().complete());
            assertEquals(6, resumed.history().evaluated(), died);
            assertEquals(
                    List.of(2L),
                    LongStream.range(0, 6)
                            .filter(id -> resumed.history()
                                            .evaluation(id)
                                            .orElseThrow()
                                            .evaluation()
                                            .status()
                                    != EvaluationStatus.OK)
                            .boxed()
                            .toList(),
                    died);
            Replay replay = new Replay(InProcessRun.strategy(Mode.ASYNC, 42));
            entries(died).forEach(replay::apply);
            assertEquals(6, replay.told());
        }
    }
}

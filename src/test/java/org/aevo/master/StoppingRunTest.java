package org.aevo.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aevo.Locks;
import org.aevo.record.Entry;
import org.aevo.record.EvaluationRow;
import org.aevo.record.JournalReader;
import org.aevo.search.Budget;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.Evaluator;
import org.aevo.search.ForwardingEvaluator;
import org.aevo.search.Job;
import org.aevo.search.Mode;
import org.aevo.stopping.StoppingKind;
import org.aevo.stopping.StoppingRules;
import org.aevo.stopping.StoppingSettings;
import org.aevo.worker.DurationDistribution;
import org.aevo.worker.SimulatedEvaluator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose evaluations are judged while they go on. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Locks.LINKS, mode = ResourceAccessMode.READ)
class StoppingRunTest {
    private static final int EPOCHS = 9;
    private static final StoppingSettings HALVING = new StoppingSettings(StoppingKind.HALVING, List.of(1, 3), 3);

    @TempDir
    Path folder;

    private static Evaluator simulated() {
        return new SimulatedEvaluator(
                new DurationDistribution.LogNormal(0.004, 1), InProcessRun.SPACE::blueprint, List.of(), EPOCHS);
    }

    private InProcessRun run(String name, Mode mode, long evaluations, int workers, StoppingSettings stopping) {
        return new InProcessRun(folder.resolve(name), mode, 42, Budget.ofEvaluations(evaluations), workers)
                .evaluators(worker -> simulated())
                .stopping(stopping);
    }

    private static List<Entry> entries(InProcessRun run) throws Exception {
        List<Entry> entries = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(run.paths.journal())) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                entries.add(next.get().entry());
            }
        }
        return entries;
    }

    private static void verify(InProcessRun run, Mode mode, StoppingSettings stopping) throws Exception {
        Replay replay = new Replay(InProcessRun.strategy(mode, 42), StoppingRules.of(stopping, mode == Mode.SYNC));
        entries(run).forEach(replay::apply);
    }

    @ParameterizedTest
    @EnumSource(names = {"HALVING", "MEDIAN"})
    void whoDoesBadlyIsStoppedAtARungAndNowhereElse(StoppingKind kind) throws Exception {
        StoppingSettings stopping = new StoppingSettings(kind, List.of(1, 3), 3);
        InProcessRun run = run("async", Mode.ASYNC, 40, 3, stopping);
        InProcessRun.Result result = run.run();
        int stopped = 0;
        for (long id = 0; id < 40; id++) {
            EvaluationRow row = result.history().evaluation(id).orElseThrow();
            int epochs = row.evaluation().effort().epochs();
            assertEquals(epochs, row.evaluation().curve().size());
            int at = result.history().stoppedAt(id, row.attempt());
            assertEquals(epochs == EPOCHS ? 0 : epochs, at, "candidate " + id);
            assertTrue(at == 0 || stopping.rungs().contains(at), "candidate " + id + " ended after " + at);
            stopped += at > 0 ? 1 : 0;
            assertEquals(List.of(), result.history().running(id));
        }
        assertTrue(stopped > 2 && stopped < 40, stopped + " stopped");
        verify(run, Mode.ASYNC, stopping);
        ReplayException other = assertThrows(
                ReplayException.class, () -> verify(run, Mode.ASYNC, new StoppingSettings(kind, List.of(2), 3)));
        assertTrue(other.getMessage().contains("is recorded as judged after epoch"), other.getMessage());
    }

    /** What stands in the journal before a worker hears of it: each verdict is there, and before its evaluation. */
    @Test
    void verdictsAreRecordedBeforeTheyAct() throws Exception {
        InProcessRun run = run("order", Mode.ASYNC, 30, 3, HALVING);
        run.run();
        List<Long> stopped = new ArrayList<>();
        for (Entry entry : entries(run)) {
            if (entry instanceof Entry.Judged j && j.stop()) {
                stopped.add(j.id());
            } else if (entry instanceof Entry.Arrived a) {
                assertEquals(
                        a.evaluation().effort().epochs() < EPOCHS,
                        stopped.contains(a.evaluation().id()),
                        () -> "candidate " + a.evaluation().id());
            }
        }
        assertFalse(stopped.isEmpty());
    }

    /** A synchronous run does not depend on the number of workers, nor on who is first. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void synchronousRunsAreTheSameOnAnyNumberOfWorkers(int workers) throws Exception {
        InProcessRun.Result alone = run("one", Mode.SYNC, 30, 1, HALVING).run();
        InProcessRun many = run("many", Mode.SYNC, 30, workers, HALVING);
        assertEquals(alone.insertions(), many.run().insertions());
        verify(many, Mode.SYNC, HALVING);
        assertTrue(alone.insertions().stream().count() == 30
                && alone.history().evaluation(29).isPresent());
    }

    @Test
    void aRunThatIsGoneOnWithIsTheSame() throws Exception {
        InProcessRun.Result whole = run("whole", Mode.SYNC, 30, 2, HALVING).run();
        InProcessRun first =
                run("parts", Mode.SYNC, 30, 2, HALVING).graceSeconds(0).listener(new InProcessRun.StoppingListener(11));
        assertFalse(first.run().outcome().complete());
        InProcessRun second = run("parts", Mode.SYNC, 30, 2, HALVING);
        assertEquals(whole.insertions(), second.run().insertions());
        verify(second, Mode.SYNC, HALVING);
    }

    /** Its worker dies behind a rung: another is told the same there. */
    @Test
    void aCandidateThatIsSentAgainHearsTheSame() throws Exception {
        InProcessRun run = run("again", Mode.SYNC, 24, 2, HALVING)
                .rejoining()
                .evaluators(worker -> new ForwardingEvaluator(simulated()) {
                    @Override
                    public Outcome evaluate(Job job, Control control) {
                        boolean dies = worker == 0 && job.candidate().id() % 5 == 3;
                        return super.evaluate(job, new Control() {
                            @Override
                            public Verdict epoch(Evaluation.Epoch point) {
                                Verdict verdict = control.epoch(point);
                                if (dies && point.epoch() == 1) {
                                    throw new InProcessRun.DeadWorker();
                                }
                                return verdict;
                            }
                        });
                    }
                });
        InProcessRun.Result result = run.maxAttempts(50).run();
        assertEquals(run("calm", Mode.SYNC, 24, 2, HALVING).run().insertions(), result.insertions());
        verify(run, Mode.SYNC, HALVING);
    }

    @Test
    void teamsAreJudgedByTheirLeader() throws Exception {
        InProcessRun run = run("team", Mode.SYNC, 24, 4, HALVING).team(2);
        assertEquals(
                run("alone", Mode.SYNC, 24, 2, HALVING).run().insertions(),
                run.run().insertions());
        verify(run, Mode.SYNC, HALVING);
    }
}

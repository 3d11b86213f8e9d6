package org.aevo.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.aevo.Locks;
import org.aevo.record.Accounting;
import org.aevo.record.Entry;
import org.aevo.record.Journal;
import org.aevo.record.JournalReader;
import org.aevo.record.RunHistory;
import org.aevo.record.Timeline;
import org.aevo.search.Budget;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator;
import org.aevo.search.Job;
import org.aevo.search.Mode;
import org.aevo.search.SendingOrder;
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

@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Locks.LINKS, mode = ResourceAccessMode.READ)
class MasterTest {
    @TempDir
    Path folder;

    private InProcessRun run(String name, Mode mode, long evaluations, int workers) {
        return new InProcessRun(folder.resolve(name), mode, 42, Budget.ofEvaluations(evaluations), workers);
    }

    /** A simulated evaluator that dies with its worker when {@code kills} says so. */
    private static Evaluator mortal(java.util.function.Predicate<Candidate> kills) {
        return mortal(0.004, kills);
    }

    private static Evaluator mortal(double meanSeconds, java.util.function.Predicate<Candidate> kills) {
        return Deaths.before(InProcessRun.simulated(meanSeconds, 1), kills);
    }

    @Test
    void aSynchronousRunIsTheSameWithOneTwoAndThreeWorkers() throws Exception {
        InProcessRun.Result one = run("one", Mode.SYNC, 40, 1).run();
        InProcessRun.Result two = run("two", Mode.SYNC, 40, 2).run();
        InProcessRun.Result three = run("three", Mode.SYNC, 40, 3).run();
        assertTrue(one.outcome().complete());
        assertEquals(40, one.genomes().size());
        assertEquals(one.genomes(), two.genomes());
        assertEquals(one.genomes(), three.genomes());
        assertEquals(one.insertions(), two.insertions());
        assertEquals(one.insertions(), three.insertions());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whichCandidateGoesOutFirstChangesNothing(int workers) throws Exception {
        InProcessRun.Result birth = run("birth", Mode.SYNC, 40, 2).run();
        InProcessRun.Result longest = run("longest", Mode.SYNC, 40, workers)
                .sending(SendingOrder.LONGEST)
                .prefetching(workers - 1)
                .run();
        assertEquals(birth.genomes(), longest.genomes());
        assertEquals(birth.insertions(), longest.insertions());
        assertEquals(
                40,
                replay(folder.resolve("longest").resolve("run.journal"), Mode.SYNC, 42, -1)
                        .told());
    }

    /** It dies with a generation asked for of which only some was sent, too. */
    @Test
    void aMasterThatSendsTheLongestFirstMayDieAfterAnyRecord() throws Exception {
        InProcessRun.Result whole = run("unharmed", Mode.SYNC, 7, 1).run();
        run("recorded", Mode.SYNC, 7, 2).sending(SendingOrder.LONGEST).run();
        for (String died : Deaths.afterEachRecord(folder, "recorded")) {
            InProcessRun.Result resumed =
                    run(died, Mode.SYNC, 7, 1).sending(SendingOrder.LONGEST).run();
            assertEquals(whole.genomes(), resumed.genomes(), died);
            assertEquals(whole.insertions(), resumed.insertions(), died);
        }
    }

    @Test
    void aWorkerThatDiesChangesNothingInASynchronousRun() throws Exception {
        InProcessRun.Result undisturbed = run("undisturbed", Mode.SYNC, 30, 2).run();
        Set<Long> killed = ConcurrentHashMap.newKeySet();
        InProcessRun.Result disturbed = run("disturbed", Mode.SYNC, 30, 2)
                .rejoining()
                .evaluators(w -> mortal(c -> c.id() % 7 == 3 && killed.add(c.id())))
                .run();
        assertEquals(Set.of(3L, 10L, 17L, 24L), killed);
        assertEquals(undisturbed.genomes(), disturbed.genomes());
        assertEquals(undisturbed.insertions(), disturbed.insertions());
        for (long id = 0; id < 30; id++) {
            assertEquals(killed.contains(id) ? 2 : 1, disturbed.history().attempts(id), "attempts of " + id);
        }
        assertEquals(
                4, disturbed.history().workers().stream().filter(w -> w.lost()).count());
    }

    @Test
    void aCandidateThatKillsItsWorkersIsGivenUp() throws Exception {
        InProcessRun.Result result = run("killer", Mode.ASYNC, 12, 2)
                .rejoining()
                .maxAttempts(2)
                .evaluators(w -> mortal(c -> c.id() == 5))
                .run();
        assertTrue(result.outcome().complete());
        assertEquals(12, result.history().evaluated());
        var row = result.history().evaluation(5).orElseThrow();
        assertEquals(EvaluationStatus.WORKER_LOST, row.evaluation().status());
        assertEquals(2, result.history().attempts(5));
        assertEquals(
                "its worker was lost in each of 2 attempts", row.evaluation().message());
    }

    @Test
    void whoHasOtherDataThanTheRunIsSentAway() throws Exception {
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        Set<Integer> asked = ConcurrentHashMap.newKeySet();
        InProcessRun.QuietListener listener = new InProcessRun.QuietListener() {
            @Override
            public void warning(String message) {
                warnings.add(message);
            }
        };
        // which of the two is first decides; the other does nothing
        InProcessRun.Result result = run("data", Mode.ASYNC, 12, 2)
                .listener(listener)
                .evaluators(w -> new Watched(InProcessRun.simulated(0.1, 0.1), "data" + w, () -> asked.add(w)))
                .run();
        assertTrue(result.outcome().complete());
        assertEquals(1, asked.size());
        int at = asked.iterator().next();
        assertEquals("data" + at, result.history().data().orElseThrow().checksum());
        assertEquals("here", result.history().data().orElseThrow().place());
        assertEquals(1, result.history().workers().size());
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(
                warnings.get(0)
                        .endsWith(" on here has other data than the run: here there gives the checksum data" + (1 - at)
                                + ", the run's is data" + at + "; it is sent away"),
                warnings.get(0));
    }

    /** An evaluator that says on what data, and when. */
    private record Watched(Evaluator evaluator, String data, Runnable evaluating) implements Evaluator {
        @Override
        public Outcome evaluate(Job job, Control control) {
            evaluating.run();
            return evaluator.evaluate(job, control);
        }

        @Override
        public String device() {
            return evaluator.device();
        }

        @Override
        public boolean simulated() {
            return true;
        }

        @Override
        public void close() {
            evaluator.close();
        }
    }

    @Test
    void sixtyFourWorkersShareTheWorkAndEachCandidateIsEvaluatedOnce() throws Exception {
        AtomicInteger evaluations = new AtomicInteger();
        // long enough for the last to join while there is work
        InProcessRun.Result result = run("crowd", Mode.ASYNC, 640, 64)
                .evaluators(w -> mortal(0.4, c -> {
                    evaluations.incrementAndGet();
                    return false;
                }))
                .run();
        assertEquals(640, evaluations.get());
        assertEquals(640, result.history().evaluated());
        assertEquals(64, result.history().workers().size());
        assertTrue(result.history().workers().stream().allMatch(w -> w.evaluations() > 0));
        assertEquals(640, new HashSet<>(result.genomes()).size());
        Accounting accounting = Accounting.of(result.history()).orElseThrow();
        double sum = 0;
        for (Timeline.State state : Timeline.State.values()) {
            sum += accounting.share(state);
        }
        assertEquals(1, sum, 1e-9);
    }

    @Test
    void aWorkerThatFallsSilentLosesItsCandidateToAnother() throws Exception {
        InProcessRun.Result undisturbed = run("heard", Mode.SYNC, 18, 1).run();
        InProcessRun.Result result =
                run("silent", Mode.SYNC, 18, 1).places(3).mutes(2, 5).run();
        assertTrue(result.outcome().complete());
        assertEquals(undisturbed.insertions(), result.insertions());
        assertEquals(
                2, result.history().workers().stream().filter(w -> w.lost()).count());
        assertEquals(
                2,
                java.util.stream.LongStream.range(0, 18)
                        .filter(id -> result.history().attempts(id) == 2)
                        .count());
    }

    @Test
    void moreWorkersThanPlacesAreSentAway() throws Exception {
        // long enough for the second to join while there is work
        InProcessRun.Result result = run("places", Mode.ASYNC, 40, 4)
                .places(2)
                .evaluators(w -> InProcessRun.simulated(0.1, 0))
                .run();
        assertTrue(result.outcome().complete());
        assertEquals(2, result.history().workers().size());
    }

    @Test
    void aStoppedRunGoesOnAsIfItHadNotBeenStopped() throws Exception {
        InProcessRun.Result whole = run("whole", Mode.SYNC, 30, 2).run();
        InProcessRun.Result stopped = run("parts", Mode.SYNC, 30, 2)
                .listener(new InProcessRun.StoppingListener(8))
                .run();
        assertFalse(stopped.outcome().complete());
        assertTrue(stopped.history().evaluated() >= 8 && stopped.history().evaluated() < 30);
        InProcessRun.Result resumed = run("parts", Mode.SYNC, 30, 3).run();
        assertTrue(resumed.outcome().complete());
        assertEquals(whole.genomes(), resumed.genomes());
        assertEquals(whole.insertions(), resumed.insertions());
    }

    @Test
    void theMasterKnowsWhereItsTimeGoes() throws Exception {
        RunHistory history = run("costs", Mode.ASYNC, 60, 2).run().history();
        Entry.MasterCosts costs = history.masterCosts();
        assertEquals(60, costs.tells());
        assertTrue(costs.commits() >= 30 && costs.commits() <= 60, "two workers, one or two at a time: " + costs);
        assertTrue(costs.commitS() > 0 && costs.commitS() <= costs.journalS(), costs.toString());
        double parts = costs.askS() + costs.tellS() + costs.journalS() + costs.sendS();
        assertTrue(costs.loopS() > parts && costs.loopS() < history.wallSeconds(), costs.toString());
        double service = costs.serviceS();
        assertTrue(costs.searchS() > 0 && costs.searchS() < (costs.askS() + costs.tellS()) / 20, costs.toString());
        assertTrue(service > 0 && service < (costs.loopS() - costs.commitS()) / 20, costs.toString());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aMasterMayDieAfterAnyRecord(Mode mode) throws Exception {
        InProcessRun.Result whole = run("unharmed", mode, 7, 1).run();
        for (String died : Deaths.afterEachRecord(folder, "unharmed")) {
            InProcessRun.Result resumed = run(died, mode, 7, 1).run();
            assertTrue(resumed.outcome().complete());
            assertEquals(whole.genomes(), resumed.genomes(), died);
            assertEquals(whole.insertions(), resumed.insertions(), died);
            assertEquals(
                    7,
                    replay(folder.resolve(died).resolve("run.journal"), mode, 42, -1)
                            .told(),
                    died);
        }
    }

    @Test
    void whatIsOutWhenTheGraceIsOverIsSentAgainAfterwards() throws Exception {
        // the fast worker waits until the slow one has something that will be out in the end
        CountDownLatch begun = new CountDownLatch(2);
        InProcessRun.Result stopped = run("grace", Mode.ASYNC, 10, 2)
                .graceSeconds(0)
                .evaluators(w -> mortal(w == 0 ? 0.01 : 30, candidate -> {
                    begun.countDown();
                    return !awaited(begun);
                }))
                .listener(new InProcessRun.StoppingListener(3))
                .run();
        assertFalse(stopped.outcome().complete());
        List<Long> open = stopped.history().unfinished();
        assertFalse(open.isEmpty());
        InProcessRun.Result resumed = run("grace", Mode.ASYNC, 10, 2).run();
        assertTrue(resumed.outcome().complete());
        assertEquals(10, resumed.history().evaluated());
        open.forEach(id -> assertEquals(2, resumed.history().attempts(id)));
    }

    /** A launcher passes on a notice, and later kills in a second: what leaves least time counts. */
    @Test
    void whoAsksAgainMayLeaveLessTime() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        InProcessRun.StoppingListener impatient = new InProcessRun.StoppingListener(Long.MAX_VALUE) {
            @Override
            public void evaluated(Candidate candidate, Evaluation evaluation, Status status, boolean improved) {
                master.stop("first", 600);
                master.stop("second", 0);
                master.stop("third", 600);
            }
        };
        InProcessRun.Result stopped = run("again", Mode.ASYNC, 10, 2)
                .graceSeconds(600)
                .evaluators(w -> mortal(w == 0 ? 0.01 : 600, candidate -> {
                    begun.countDown();
                    return !awaited(begun);
                }))
                .listener(impatient)
                .run();
        assertEquals("first", stopped.outcome().reason());
        assertFalse(stopped.history().unfinished().isEmpty());
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void theTargetFitnessEndsARun() throws Exception {
        Budget target = Budget.ofEvaluations(500).withTargetFitness(0.5);
        InProcessRun.Result result = new InProcessRun(folder.resolve("target"), Mode.ASYNC, 1, target, 2).run();
        assertTrue(result.outcome().complete());
        assertTrue(
                result.outcome().reason().contains("reached the target"),
                result.outcome().reason());
        assertTrue(result.history().evaluated() < 500);
    }

    @Test
    void aSearchThatFindsNothingBetterEndsARunAtTheSameGenerationOnAnyNumberOfWorkers() throws Exception {
        List<RunHistory> runs = new ArrayList<>();
        for (int workers : new int[] {1, 3}) {
            Budget budget = Budget.ofEvaluations(2000).withStagnation(30);
            InProcessRun.Result result = new InProcessRun(
                            folder.resolve("idle-" + workers), Mode.SYNC, 3, budget, workers)
                    .evaluators(w -> InProcessRun.simulated(0.0005, 1))
                    .run();
            assertTrue(result.outcome().complete());
            assertTrue(
                    result.outcome().reason().contains("evaluations brought none better than"),
                    result.outcome().reason());
            runs.add(result.history());
        }
        assertEquals(runs.get(0).inserted(), runs.get(1).inserted());
        assertEquals(runs.get(0).best(), runs.get(1).best());
        int all = runs.get(0).inserted();
        assertTrue(all < 2000);
        assertTrue(all - 1 - runs.get(0).best().getAsLong() >= 30, "the best is of at least 30 before");
    }

    @Test
    void theWallTimeEndsARun() throws Exception {
        InProcessRun.Result result =
                new InProcessRun(folder.resolve("wall"), Mode.ASYNC, 1, Budget.ofWallSeconds(3), 2).run();
        assertTrue(result.outcome().complete());
        assertTrue(
                result.outcome().reason().contains("wall time"),
                result.outcome().reason());
        assertTrue(result.history().evaluated() > 0);
    }

    @Test
    void aRunWithoutWorkersStopsAndCanBeResumed() throws Exception {
        InProcessRun.Result alone =
                run("alone", Mode.ASYNC, 10, 0).places(1).lonelySeconds(0.5).run();
        assertFalse(alone.outcome().complete());
        assertTrue(
                alone.outcome().reason().contains("no worker was ready"),
                alone.outcome().reason());
        assertEquals(10, run("alone", Mode.ASYNC, 10, 1).run().history().evaluated());
    }

    @Test
    void aWorkerThatSaysThatItIsPreparingIsWaitedFor() throws Exception {
        InProcessRun.Result patient = run("patient", Mode.ASYNC, 10, 1)
                .evaluators(worker -> {
                    long end = System.nanoTime() + 7_000_000_000L; // twice what the run waits for nobody
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    return InProcessRun.simulated(0.001, 1);
                })
                .lonelySeconds(3)
                .run();
        assertTrue(patient.outcome().complete(), patient.outcome().reason());
    }

    @Test
    void aWorkerThatGetsNoFurtherWhileItPreparesKeepsNoRun() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        InProcessRun.Result hung = run("hung", Mode.ASYNC, 10, 1)
                .evaluators(worker -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return InProcessRun.simulated(0.001, 1);
                })
                .lonelySeconds(3)
                .run();
        assertFalse(hung.outcome().complete());
        String reason = hung.outcome().reason();
        assertTrue(reason.contains("cluster.start-timeout") && reason.contains("worker 1 (here, process"), reason);
    }

    /** The one worker comes back through the same relay each time, as another, and does a little more. */
    @Test
    void whatIsChangedOnItsWayCostsTheLinkAndTheCandidateGoesToAnother() throws Exception {
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        InProcessRun.Result result = run("spoiled", Mode.ASYNC, 12, 1)
                .spoiling(8) // it has joined by then
                .rejoining()
                .maxAttempts(100)
                .listener(new InProcessRun.QuietListener() {
                    @Override
                    public void warning(String message) {
                        warnings.add(message);
                    }
                })
                .run();
        assertTrue(result.outcome().complete(), result.outcome().reason());
        assertEquals(12, result.history().evaluated());
        for (long id = 0; id < 12; id++) {
            assertTrue(
                    result.history().evaluation(id).orElseThrow().evaluation().hasFitness());
        }
        assertTrue(
                warnings.stream()
                        .anyMatch(w -> w.matches(
                                "worker \\d is lost \\(frames from 127.0.0.1:\\d+ were changed on their way\\)"
                                        + " with candidate \\d+, which will be sent to another")),
                warnings.toString());
        // it joined again, as often as that happened
        assertTrue(result.history().workers().size() > 1, warnings.toString());
    }

    @Test
    void insertionsThatACrashKeptOutOfTheJournalAreMadeUpFor() throws Exception {
        InProcessRun.Result whole = run("whole", Mode.SYNC, 18, 1).run();
        InProcessRun crashed = run("crashed", Mode.SYNC, 18, 1);
        // all that was durable when the first generation had arrived, but not what came of it
        try (JournalReader reader =
                        JournalReader.open(run("whole", Mode.SYNC, 18, 1).paths.journal());
                Journal journal = createJournal(crashed)) {
            Entry entry;
            do {
                entry = reader.next().orElseThrow().entry();
                journal.append(entry);
            } while (!(entry instanceof Entry.Arrived a && a.evaluation().id() == 5));
        }
        assertEquals(whole.insertions(), crashed.run().insertions());
    }

    private static Journal createJournal(InProcessRun run) throws Exception {
        Files.createDirectories(run.paths.directory());
        return Journal.create(run.paths.journal());
    }

    @Test
    void aChangedDecisionDoesNotReplay() throws Exception {
        InProcessRun.Result result = run("replay", Mode.ASYNC, 15, 2).run();
        Path journal = folder.resolve("replay").resolve("run.journal");
        Replay faithful = replay(journal, Mode.ASYNC, 42, -1);
        assertEquals(15, faithful.told());
        assertEquals(result.history().bestFitness(), faithful.bestFitness());
        assertThrows(ReplayException.class, () -> replay(journal, Mode.ASYNC, 43, -1));
        assertThrows(ReplayException.class, () -> replay(journal, Mode.ASYNC, 42, 9));
    }

    /** Replays, with the genome of one candidate swapped for that of candidate 0. */
    private static Replay replay(Path journal, Mode mode, long seed, long tampered) throws Exception {
        Replay replay = new Replay(InProcessRun.strategy(mode, seed));
        RunHistory history = RunHistory.read(journal);
        try (JournalReader reader = JournalReader.open(journal)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                Entry entry = next.get().entry();
                if (entry instanceof Entry.Asked a && a.candidate().id() == tampered) {
                    Candidate c = a.candidate();
                    entry = new Entry.Asked(
                            new Candidate(
                                    c.id(),
                                    c.generation(),
                                    c.parentA(),
                                    c.parentB(),
                                    c.operator(),
                                    history.candidate(0).genome()),
                            a.time());
                }
                replay.apply(entry);
            }
        }
        return replay;
    }
}

package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.aevo.codec.MalformedDataException;
import org.aevo.record.Entry.Arrived;
import org.aevo.record.Entry.Asked;
import org.aevo.record.Entry.DispatchLost;
import org.aevo.record.Entry.Dispatched;
import org.aevo.record.Entry.Inserted;
import org.aevo.record.Entry.MasterCosts;
import org.aevo.record.Entry.RunEnded;
import org.aevo.record.Entry.RunResumed;
import org.aevo.search.Candidate;
import org.aevo.search.Insertion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
    @TempDir
    private Path dir;

    @Test
    void everyArrivalIsARowWithItsCandidate() {
        List<Entry> entries = SampleRun.entries(8, 200, 4, 0.05);
        RunHistory history = SampleRun.history(entries);
        int arrivals = 0;
        for (Entry entry : entries) {
            if (entry instanceof Arrived a) {
                EvaluationRow row = history.evaluation(a.evaluation().id()).orElseThrow();
                assertEquals(a.evaluation(), row.evaluation());
                assertEquals(a.attempt(), row.attempt());
                assertEquals(a.time(), row.arrived());
                assertTrue(row.dispatched() <= row.arrived() && row.asked() <= row.dispatched());
                arrivals++;
            } else if (entry instanceof Asked a) {
                assertEquals(a.candidate(), history.candidate(a.candidate().id()));
            }
        }
        assertEquals(200, arrivals);
        assertEquals(200, history.evaluated());
        assertEquals(history.asked() - 200, history.unfinished().size());
        assertTrue(history.complete());
        assertEquals(
                200,
                history.workers().stream().mapToLong(WorkerRow::evaluations).sum());
    }

    @Test
    void theBestIsTheFirstOfTheLowest() {
        List<Entry> entries = SampleRun.entries(9, 100, 3, 0);
        RunHistory history = SampleRun.history(entries);
        List<EvaluationRow> top = history.top(1000);
        assertEquals(history.best().getAsLong(), top.get(0).candidate().id());
        assertEquals(history.bestFitness(), top.get(0).evaluation().fitness());
        for (int i = 1; i < top.size(); i++) {
            assertTrue(top.get(i - 1).evaluation().fitness()
                    <= top.get(i).evaluation().fitness());
        }
        assertTrue(top.stream().allMatch(row -> row.evaluation().hasFitness()));
    }

    /** Asked 0, 1, 2; taken in 0, 2, then asked 3; taken in 1, 3. */
    @Test
    void selectionLagCountsInsertionsBetweenBirthAndInsertion() {
        RunHistory history = running();
        List<Entry> asked = SampleRun.entries(1, 4, 1, 0).stream()
                .filter(Asked.class::isInstance)
                .toList();
        asked.subList(0, 3).forEach(history::apply);
        insert(history, 0);
        insert(history, 2);
        history.apply(asked.get(3));
        insert(history, 1);
        insert(history, 3);
        assertEquals(
                List.of(0L, 2L, 1L, 1L), List.of(lag(history, 0), lag(history, 1), lag(history, 2), lag(history, 3)));
        assertEquals(2, history.evaluation(1).orElseThrow().insertion());
    }

    @Test
    void aFrozenCopyStaysAsItIs() {
        List<Entry> entries = SampleRun.entries(10, 25, 4, 0.1);
        RunHistory live = new RunHistory();
        List<RunHistory> copies = new ArrayList<>();
        for (Entry entry : entries) {
            live.apply(entry);
            copies.add(live.freeze());
        }
        for (int count = 1; count <= entries.size(); count++) {
            RunHistory frozen = copies.get(count - 1);
            RunHistory other = SampleRun.history(entries.subList(0, count));
            assertEquals(other.evaluated(), frozen.evaluated());
            assertEquals(other.asked(), frozen.asked());
            assertEquals(other.unfinished(), frozen.unfinished());
            assertEquals(other.workers(), frozen.workers());
            assertEquals(other.wallSeconds(), frozen.wallSeconds());
            for (int id = 0; id < other.asked(); id++) {
                assertEquals(other.evaluation(id), frozen.evaluation(id));
                assertEquals(other.attempts(id), frozen.attempts(id));
            }
            assertEquals(Accounting.of(other), Accounting.of(frozen));
        }
        RunHistory frozen = copies.get(0);
        assertThrows(IllegalStateException.class, () -> frozen.apply(entries.get(0)));
    }

    @Test
    void aResumedRunLosesWhatWasOutAndAddsUpCosts() {
        List<Entry> entries = SampleRun.entries(11, 30, 2, 0);
        RunHistory history = running();
        entries.stream().filter(Entry.WorkerJoined.class::isInstance).forEach(history::apply);
        history.apply(
                entries.stream().filter(Asked.class::isInstance).findFirst().orElseThrow());
        history.apply(new Dispatched(0, 1, 0, 5));
        history.apply(costs(3));
        history.apply(costs(4));
        history.apply(new RunEnded(6, true, ""));
        assertTrue(history.complete());
        history.apply(new RunResumed(Instant.EPOCH, 7, "", 2, SampleRun.PROGRAM));
        history.apply(costs(10));
        assertFalse(history.complete());
        assertEquals(Optional.empty(), history.ended());
        assertTrue(history.workers().stream().allMatch(w -> w.lost() && w.left() == 7));
        assertEquals(List.of(0L), history.unfinished());
        assertEquals(1, history.attempts(0));
        assertEquals(14, history.masterCosts().asks());
        assertEquals(4, history.masterCosts().commits());
        assertEquals(1, history.masterCosts().commitS());
        assertEquals(2, history.masterCosts().loopS());
        assertEquals(10 / 1e4, history.masterCosts().serviceS(), "of the last that measured it");
        assertEquals(2, history.sessions().size());
        assertThrows(IllegalArgumentException.class, () -> history.apply(new DispatchLost(0, 1, 0, 8, "")));
    }

    @Test
    void whatNoProgramWritesIsRefused() {
        RunHistory history = running();
        for (double time : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> history.apply(new RunEnded(time, true, "")));
        }
        for (int places : new int[] {Integer.MIN_VALUE, 0, 1_000_001, Integer.MAX_VALUE}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> history.apply(new RunResumed(Instant.EPOCH, 1, "", places, SampleRun.PROGRAM)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> history.apply(new Entry.WorkerJoined(5, places, "", "", 1, 0, 1)));
            assertThrows(IllegalArgumentException.class, () -> new RunHistory().apply(SampleRun.started(places)));
        }
        assertEquals(0, history.wallSeconds());
    }

    @Test
    void contradictionsAreRefused() {
        List<Entry> entries = SampleRun.entries(12, 20, 2, 0);
        RunHistory history = SampleRun.history(entries);
        Arrived arrived = (Arrived)
                entries.stream().filter(Arrived.class::isInstance).findFirst().orElseThrow();
        Asked asked = (Asked)
                entries.stream().filter(Asked.class::isInstance).findFirst().orElseThrow();
        List<Entry> wrong = List.of(
                entries.get(0),
                arrived,
                asked,
                new Dispatched(0, 1, 0, 1),
                new Dispatched(99_999, 1, 0, 1),
                new Dispatched(0, 2, 77, 1),
                new DispatchLost(0, 9, 0, 1, ""),
                new Entry.WorkerLeft(77, 1, true, ""),
                new Entry.WorkerLeft(0, 1, true, ""),
                new Inserted(new Insertion(0, 0, 0, 0), 1),
                new Inserted(new Insertion(-1, 0, 0, 0), 1),
                leaving(20, 0L),
                leaving(20, 77L),
                leaving(20, 19L, 19L),
                leaving(20, 21L));
        history.apply(new Asked(withId(asked.candidate(), 20), 30));
        history.apply(new Asked(withId(asked.candidate(), 21), 30));
        history.apply(new Arrived(
                org.aevo.search.Evaluation.failed(
                        20, org.aevo.search.EvaluationStatus.FAILED, org.aevo.search.Durations.ZERO, "x"),
                1,
                0,
                0,
                31));
        assertTrue(Double.isFinite(history.evaluation(0).orElseThrow().left()), "candidate 0 has left already");
        assertTrue(Double.isNaN(history.evaluation(19).orElseThrow().left()), "candidate 19 is a member");
        for (Entry entry : wrong) {
            assertThrows(IllegalArgumentException.class, () -> history.apply(entry), entry.toString());
        }
        assertTrue(Double.isNaN(history.evaluation(19).orElseThrow().left()), "refused, but taken in");
        assertThrows(IllegalArgumentException.class, () -> new RunHistory().apply(asked));
    }

    private static Inserted leaving(long id, Long... left) {
        return new Inserted(new Insertion(id, 0, 0, 0, List.of(left)), 32);
    }

    private static Candidate withId(Candidate c, long id) {
        return new Candidate(id, c.generation(), c.parentA(), c.parentB(), c.operator(), c.design());
    }

    @Test
    void membersLeaveWhenTheInsertionSaysThatTellsOfIt() {
        RunHistory history = new RunHistory();
        SampleRun.entries(3, 40, 2, 0).forEach(history::apply);
        RunHistory before = history.freeze();
        long member = LongStream.range(0, history.asked())
                .filter(id -> history.evaluation(id).orElseThrow().evaluation().hasFitness()
                        && Double.isNaN(history.evaluation(id).orElseThrow().left()))
                .findFirst()
                .orElseThrow();
        Candidate child = new Candidate(
                40, 0, member, -1, "mutate-gene", history.candidate(0).design());
        history.apply(new Asked(child, 1000));
        history.apply(new Arrived(
                org.aevo.search.Evaluation.failed(
                        40, org.aevo.search.EvaluationStatus.FAILED, org.aevo.search.Durations.ZERO, "x"),
                1,
                0,
                0,
                1001));
        history.apply(new Inserted(new Insertion(40, 0, 0, 0, List.of(member)), 1002));
        assertEquals(1002, history.evaluation(member).orElseThrow().left());
        assertTrue(Double.isNaN(before.evaluation(member).orElseThrow().left()), "a frozen history stays as it is");
        assertTrue(history.children(member).contains(40L)
                && !before.children(member).contains(40L));
        assertTrue(Double.isNaN(history.evaluation(40).orElseThrow().left()));
    }

    @Test
    void aContradictionInAJournalNamesItsOffset() throws Exception {
        Path file = dir.resolve("run.journal");
        long at;
        try (Journal journal = Journal.create(file)) {
            journal.append(SampleRun.started(1));
            journal.force();
            at = journal.durableBytes();
            journal.append(new Entry.WorkerLeft(3, 1, true, ""));
        }
        MalformedDataException e = assertThrows(MalformedDataException.class, () -> RunHistory.read(file));
        assertTrue(e.getMessage().contains("offset " + at) && e.getMessage().contains("worker 3"), e.getMessage());
    }

    private static RunHistory running() {
        RunHistory history = new RunHistory();
        history.apply(SampleRun.started(2));
        return history;
    }

    private static void insert(RunHistory history, long id) {
        history.apply(new Arrived(
                org.aevo.search.Evaluation.failed(
                        id, org.aevo.search.EvaluationStatus.FAILED, org.aevo.search.Durations.ZERO, "x"),
                1,
                0,
                0,
                1));
        history.apply(new Inserted(new Insertion(id, Double.NaN, Double.NaN, 0), 1));
    }

    private static long lag(RunHistory history, long id) {
        return history.evaluation(id).orElseThrow().selectionLag();
    }

    private static MasterCosts costs(long asks) {
        return new MasterCosts(asks, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0.5, 1, asks / 1e4, Double.NaN, 5);
    }
}

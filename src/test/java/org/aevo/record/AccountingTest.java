package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.aevo.genome.GenomeText;
import org.aevo.record.Entry.Arrived;
import org.aevo.record.Entry.Asked;
import org.aevo.record.Entry.DispatchLost;
import org.aevo.record.Entry.Dispatched;
import org.aevo.record.Entry.RunEnded;
import org.aevo.record.Entry.RunResumed;
import org.aevo.record.Entry.WorkerJoined;
import org.aevo.record.Entry.WorkerLeft;
import org.aevo.record.Timeline.State;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;

final class AccountingTest {
    private static final double EPSILON = 1e-9;

    private final RunHistory history = new RunHistory();
    private long next;
    private int generation;

    @Example
    void nothingBeforeTheFirstArrival() {
        start(1, 0);
        dispatch(0, 1);
        assertEquals(Optional.empty(), Accounting.of(history));
    }

    /** Messages take 0.5 s of the 4 s of each dispatch; one worker drains for 2 s. */
    @Example
    void twoWorkersWithMessagesAndAnUnevenEnd() {
        start(2, 0, 0);
        evaluate(0, 1, 5, 3.5);
        evaluate(1, 1, 5, 3.5);
        evaluate(0, 5, 7, 2);
        history.apply(new RunEnded(8, true, ""));
        Accounting a = accounting();
        assertEquals(1, a.from());
        assertEquals(7, a.to());
        assertEquals(3, a.evaluations());
        assertEquals(12, a.capacity(), EPSILON);
        assertEquals(9, a.busy(), EPSILON);
        assertEquals(1, a.waiting(), EPSILON);
        assertEquals(2, a.draining(), EPSILON);
        assertEquals(0, a.starting() + a.lost(), EPSILON);
        assertEquals(0.75, a.utilisation(), EPSILON);
        assertEquals(3 * 600, a.evaluationsPerHour(), EPSILON);
    }

    /** Worker 1 waits for worker 0 from 2 to 4, and at the end from 6 to 8; only the second is draining. */
    @Example
    void aBarrierIsWaitingAndTheEndIsDraining() {
        start(2, 0, 0);
        evaluate(0, 0, 4, 4);
        evaluate(1, 0, 2, 2);
        evaluate(0, 4, 8, 4);
        evaluate(1, 4, 6, 2);
        assertEquals(4, accounting().waiting(), EPSILON, "while the run goes on nobody knows that it is the end");
        history.apply(new RunEnded(8, true, ""));
        assertEquals(2, accounting().waiting(), EPSILON);
        assertEquals(2, accounting().draining(), EPSILON);
    }

    /**
     * Two generations of two on two workers. Worker 1 waits for the first from 2 to 4, for the master until 5, and for the
     * second from 7 to 9, which is the end.
     */
    @Example
    void waitingAtTheBarrierOfAGenerationIsToldFromWaitingForTheMaster() {
        history.apply(SampleRun.started(2, "sync"));
        join(0, 0);
        join(1, 0);
        generation = 0;
        evaluate(0, 0, 4, 4);
        evaluate(1, 0, 2, 2);
        generation = 1;
        evaluate(0, 5, 9, 4);
        evaluate(1, 5, 7, 2);
        assertEquals(2 + 2, accounting().barrier(), EPSILON, "while the run goes on");
        history.apply(new RunEnded(9, true, ""));
        Accounting a = accounting();
        assertEquals(18, a.capacity(), EPSILON);
        assertEquals(12, a.busy(), EPSILON);
        assertEquals(4, a.waiting(), EPSILON);
        assertEquals(2, a.barrier(), EPSILON);
        assertEquals(2 / 18.0, a.barrierShare(), EPSILON);
        assertEquals(2 / 18.0, a.dispatchShare(), EPSILON);
        assertEquals(2, a.draining(), EPSILON);
    }

    @Example
    void aPlaceThatNobodyTakesIsStarting() {
        start(3, 0, 4);
        evaluate(0, 0, 10, 10);
        evaluate(1, 4, 10, 6);
        Accounting a = accounting();
        assertEquals(30, a.capacity(), EPSILON);
        assertEquals(14, a.starting(), EPSILON);
        assertEquals(16, a.busy(), EPSILON);
    }

    /** Dispatched at 2, dead at 5; its successor needs 1 s to start and joins at 8. */
    @Example
    void aDeadWorkerIsReplaced() {
        start(1, 0);
        evaluate(0, 0, 2, 2);
        long id = dispatch(0, 2);
        history.apply(new DispatchLost(id, 1, 0, 5, "dead"));
        history.apply(new WorkerLeft(0, 5, true, "dead"));
        history.apply(new WorkerJoined(1, 1, "b", "cpu", 2, 1, 8));
        history.apply(new Dispatched(id, 2, 1, 8));
        history.apply(new Arrived(evaluation(id, 2), 2, 1, 0, 10));
        Accounting a = accounting();
        assertEquals(10, a.capacity(), EPSILON);
        assertEquals(4, a.busy(), EPSILON);
        assertEquals(5, a.lost(), EPSILON);
        assertEquals(1, a.starting(), EPSILON);
    }

    /** The second is sent with the first, and begins when that arrives; the third is taken back at 7. */
    @Example
    void whatAWorkerHasInAdvanceIsNeitherBusyTwiceNorLost() {
        start(1, 0);
        long first = dispatch(0, 0);
        long second = dispatch(0, 0);
        history.apply(new Arrived(evaluation(first, 4), 1, 0, 0, 4));
        long third = dispatch(0, 4);
        history.apply(new Arrived(evaluation(second, 2), 1, 0, 0, 6.5));
        history.apply(new DispatchLost(third, 1, 0, 7, "taken back", false));
        evaluate(0, 8, 10, 2);
        Accounting a = accounting();
        assertEquals(10, a.capacity(), EPSILON);
        assertEquals(8, a.busy(), EPSILON);
        assertEquals(2, a.waiting(), EPSILON);
        assertEquals(0, a.lost(), EPSILON);
        // as long as the outcome of the first is open, the second has not begun
        assertEquals(0, Timeline.of(history).evaluation(0));
    }

    /** It dies at 5 with one at work since 2 and one in advance: three seconds are lost, and not six. */
    @Example
    void aWorkerThatDiesWithOneInAdvanceLosesItsTimeOnce() {
        start(1, 0);
        evaluate(0, 0, 2, 2);
        long atWork = dispatch(0, 2);
        long inAdvance = dispatch(0, 2);
        history.apply(new DispatchLost(atWork, 1, 0, 5, "dead"));
        history.apply(new DispatchLost(inAdvance, 1, 0, 5, "dead", false));
        history.apply(new WorkerLeft(0, 5, true, "dead"));
        history.apply(new WorkerJoined(1, 1, "b", "cpu", 2, 0, 5));
        history.apply(new Dispatched(atWork, 2, 1, 5));
        history.apply(new Arrived(evaluation(atWork, 3), 2, 1, 0, 8));
        Accounting a = accounting();
        assertEquals(5, a.busy(), EPSILON);
        assertEquals(3, a.lost(), EPSILON);
    }

    @Example
    void aDeadWorkerThatIsNotReplacedIsLostToTheEnd() {
        start(2, 0, 0);
        history.apply(new WorkerLeft(1, 3, true, "dead"));
        evaluate(0, 0, 10, 10);
        history.apply(new RunEnded(10, true, ""));
        assertEquals(7, accounting().lost(), EPSILON);
    }

    /** The master was killed at 6 with one dispatch out, and goes on with three places. */
    @Example
    void aResumedRunCountsThePlacesOfEachSession() {
        start(2, 0, 0);
        evaluate(0, 0, 6, 6);
        long id = dispatch(1, 1);
        assertEquals(5, accounting().busy() - 6, EPSILON, "what is out counts as busy until it is known to be lost");
        history.apply(new RunResumed(Instant.EPOCH, 6, "", 3, SampleRun.PROGRAM));
        for (int rank = 1; rank <= 3; rank++) {
            history.apply(new WorkerJoined(1 + rank, rank, "h", "cpu", 1, 0.5, 7));
        }
        history.apply(new Dispatched(id, 2, 2, 7));
        history.apply(new Arrived(evaluation(id, 3), 2, 2, 0, 10));
        Accounting a = accounting();
        assertEquals(2 * 6 + 3 * 4, a.capacity(), EPSILON);
        assertEquals(9, a.busy(), EPSILON);
        assertEquals(5, a.lost(), EPSILON);
        assertEquals(3, a.starting(), EPSILON);
        assertEquals(1 + 6, a.waiting(), EPSILON);
    }

    /** A worker that was sent its next candidate while it works on one is never busy twice. */
    @Example
    void prefetchedCandidatesFollowEachOther() {
        start(1, 0);
        long a = dispatch(0, 0);
        long b = dispatch(0, 1);
        history.apply(new Arrived(evaluation(a, 4), 1, 0, 0, 4));
        history.apply(new Arrived(evaluation(b, 4), 1, 0, 0, 8));
        assertEquals(8, accounting().busy(), EPSILON);
        assertEquals(1, accounting().utilisation(), EPSILON);
    }

    /** A worker's clock that runs fast cannot make more time than there was. */
    @Example
    void moreWorkThanTimeIsClipped() {
        start(1, 0);
        evaluate(0, 0, 2, 2.5);
        assertEquals(1, accounting().utilisation(), EPSILON);
    }

    @Example
    void anEvaluationThatTheMasterMadeUpTakesNoTime() {
        start(2, 0, 0);
        evaluate(0, 0, 4, 4);
        long id = dispatch(1, 0);
        history.apply(new DispatchLost(id, 1, 1, 2, ""));
        history.apply(new WorkerLeft(1, 2, true, ""));
        history.apply(
                new Arrived(Evaluation.failed(id, EvaluationStatus.WORKER_LOST, Durations.ZERO, "x"), 1, 1, 0, 9));
        assertEquals(4, accounting().to());
        assertEquals(1, accounting().evaluations());
        assertEquals(4, accounting().lost(), EPSILON);
    }

    @Property(tries = 150, seed = "20260102")
    void sharesAddUpAndIntervalsTile(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int evaluations,
            @ForAll @IntRange(min = 1, max = 7) int workers,
            @ForAll @DoubleRange(max = 0.5) double deaths,
            @ForAll @IntRange(min = 0, max = 400) int cut) {
        List<Entry> all = new ArrayList<>(SampleRun.entries(seed, evaluations, workers, deaths));
        // a master that was killed anywhere, and one that goes on after it
        List<Entry> some = all.subList(0, Math.max(1, all.size() - cut));
        RunHistory h = SampleRun.history(some);
        check(h);
        h.apply(new RunResumed(Instant.EPOCH, h.wallSeconds(), "", workers + 1, SampleRun.PROGRAM));
        h.apply(new WorkerJoined(1_000_000, 1, "h", "cpu", 1, 3, h.wallSeconds() + 1));
        check(h);
    }

    static void check(RunHistory h) {
        Timeline t = Timeline.of(h);
        double total = 0;
        for (int i = 0; i < t.size(); i++) {
            assertTrue(t.end(i) > t.start(i));
            total += t.end(i) - t.start(i);
            if (i > 0 && t.rank(i) == t.rank(i - 1) && t.start(i) >= t.end(i - 1)) {
                assertEquals(t.end(i - 1), t.start(i), "no gap in " + i);
            } else if (i > 0 && t.rank(i) == t.rank(i - 1)) {
                assertTrue(t.start(i) == sessionOf(h, t.start(i)), "no overlap in " + i);
            }
        }
        double expected = 0;
        for (int s = 0; s < h.sessions().size(); s++) {
            double end = s + 1 < h.sessions().size() ? h.sessions().get(s + 1).start() : h.wallSeconds();
            expected +=
                    (end - h.sessions().get(s).start()) * h.sessions().get(s).workers();
        }
        assertEquals(expected, total, 1e-6 * (1 + expected));
        Accounting.of(h, t).ifPresent(a -> {
            double sum = 0;
            for (State state : State.values()) {
                assertTrue(a.share(state) >= 0 && a.share(state) <= 1, a.toString());
                sum += a.share(state);
            }
            assertEquals(1, sum, EPSILON);
            assertEquals(capacity(h, a), a.capacity(), 1e-6 * (1 + a.capacity()));
        });
    }

    /** Places times wall time, session by session, from the definition. */
    private static double capacity(RunHistory h, Accounting a) {
        double capacity = 0;
        for (int s = 0; s < h.sessions().size(); s++) {
            double end = s + 1 < h.sessions().size() ? h.sessions().get(s + 1).start() : Double.POSITIVE_INFINITY;
            double inside = Math.min(end, a.to()) - Math.max(h.sessions().get(s).start(), a.from());
            capacity += Math.max(0, inside) * h.sessions().get(s).workers();
        }
        return capacity;
    }

    private static double sessionOf(RunHistory h, double time) {
        return h.sessions().stream()
                .mapToDouble(Session::start)
                .filter(start -> start <= time)
                .max()
                .orElseThrow();
    }

    /** A run with places, some of which are taken at these times; worker i has rank i + 1. */
    private void start(int places, double... joined) {
        history.apply(SampleRun.started(places));
        for (int i = 0; i < joined.length; i++) {
            join(i, joined[i]);
        }
    }

    private void join(int worker, double time) {
        history.apply(new WorkerJoined(worker, worker + 1, "h", "cpu", worker, time, time));
    }

    private long dispatch(long worker, double time) {
        long id = next++;
        history.apply(new Asked(
                new Candidate(
                        id,
                        generation,
                        -1,
                        -1,
                        "random",
                        GenomeText.parse("- | latent(2) | upsampling | adam(lr0.1,batch1)")),
                time));
        history.apply(new Dispatched(id, 1, worker, time));
        return id;
    }

    private void evaluate(long worker, double from, double to, double busy) {
        long id = dispatch(worker, from);
        history.apply(new Arrived(evaluation(id, busy), 1, worker, 0, to));
    }

    private static Evaluation evaluation(long id, double busy) {
        return Evaluation.failed(id, EvaluationStatus.OK, new Durations(0, busy, 0), "");
    }

    private Accounting accounting() {
        return Accounting.of(history).orElseThrow();
    }
}

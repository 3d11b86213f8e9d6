package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
import org.aevo.record.Entry.TeamEnded;
import org.aevo.record.Entry.TeamFormed;
import org.aevo.record.Entry.WorkerJoined;
import org.aevo.record.Entry.WorkerLeft;
import org.aevo.record.Timeline.State;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Score;
import org.aevo.search.Teamwork;

/** Teams in a history, and the time of their members' places. */
final class TeamAccountingTest {
    private static final double EPSILON = 1e-9;

    private final RunHistory history = new RunHistory();
    private long next;

    /** Two teams of two; one has nothing to do from 4 to 8. */
    @Example
    void everyMemberIsBusyWhileItsTeamIs() {
        start(4);
        history.apply(new TeamFormed(0, List.of(2L, 0L), 0));
        history.apply(new TeamFormed(1, List.of(1L, 3L), 0));
        evaluate(2, 0, 8, 7);
        evaluate(1, 0, 4, 4);
        Accounting a = accounting();
        assertEquals(2, a.evaluations());
        assertEquals(32, a.capacity(), EPSILON);
        assertEquals(22, a.busy(), EPSILON);
        assertEquals(10, a.waiting(), EPSILON);
        assertEquals(List.of(1L, 1L, 1L, 1L), evaluations());
        assertEquals(List.of(7.0, 4.0, 7.0, 4.0), busy());
        assertEquals(0, history.evaluation(0).orElseThrow().team());
        assertEquals(1, history.evaluation(1).orElseThrow().team());
        assertEquals(
                2,
                history.evaluation(0)
                        .orElseThrow()
                        .evaluation()
                        .effort()
                        .teamwork()
                        .ranks());
    }

    /** The third worker stands by until the second dies at 5: until then it is starting. */
    @Example
    void aStandbyIsStartingAndTakesTheDeadOnesPlace() {
        start(3);
        history.apply(new TeamFormed(0, List.of(0L, 1L), 0));
        evaluate(0, 0, 3, 3);
        long id = dispatch(0, 3);
        history.apply(new WorkerLeft(1, 5, true, "killed"));
        history.apply(new DispatchLost(id, 1, 0, 5, "killed"));
        history.apply(new TeamEnded(0, 5, true, "killed"));
        history.apply(new TeamFormed(1, List.of(0L, 2L), 6));
        history.apply(new Dispatched(id, 2, 0, 6));
        arrive(id, 2, 0, 10, 4);
        history.apply(new RunEnded(10, true, ""));
        Accounting a = accounting();
        assertEquals(30, a.capacity(), EPSILON);
        assertEquals(2 * 3 + 2 * 4, a.busy(), EPSILON);
        assertEquals(6, a.starting(), EPSILON, "the standby until 6");
        assertEquals(
                2 * 2 + 1 + 5, a.lost(), EPSILON, "the team's work, the survivor from 5 to 6, the dead one from 5 on");
        assertEquals(0, a.waiting() + a.draining(), EPSILON);
        assertEquals(List.of(2L, 1L, 1L), evaluations());
    }

    /** The master is killed within an evaluation; the next one's teams are others. */
    @Example
    void aResumedRunHasLostAllTeams() {
        start(2);
        history.apply(new TeamFormed(0, List.of(0L, 1L), 0));
        evaluate(0, 0, 2, 2);
        long id = dispatch(0, 2);
        history.apply(new RunResumed(Instant.EPOCH, 6, "", 2, SampleRun.PROGRAM));
        TeamRow lost = history.teams().get(0);
        assertEquals(6, lost.ended());
        assertTrue(lost.lost() && !lost.present());
        history.apply(new WorkerJoined(2, 1, "h", "cpu", 1, 0.5, 7));
        history.apply(new WorkerJoined(3, 2, "h", "cpu", 1, 0.5, 7));
        history.apply(new TeamFormed(1, List.of(3L, 2L), 8));
        history.apply(new Dispatched(id, 2, 3, 8));
        arrive(id, 2, 3, 10, 2);
        Accounting a = accounting();
        assertEquals(20, a.capacity(), EPSILON);
        assertEquals(8, a.busy(), EPSILON);
        assertEquals(8, a.lost(), EPSILON);
        assertEquals(4, a.starting(), EPSILON, "for its workers until 7, for its team until 8");
    }

    /** A team that ends with the run was not lost: its members wait, and have nothing more to do. */
    @Example
    void aTeamThatEndsInOrderLosesNothing() {
        start(2);
        history.apply(new TeamFormed(0, List.of(0L, 1L), 0));
        evaluate(0, 0, 2, 2);
        evaluate(0, 2, 4, 1);
        history.apply(new TeamEnded(0, 4, false, "the run is over"));
        history.apply(new RunEnded(4, true, ""));
        assertEquals(0, accounting().lost(), EPSILON);
        assertEquals(6, accounting().busy(), EPSILON);
        assertEquals(2, accounting().draining(), EPSILON);
    }

    @Example
    void whatNoTeamCanBeIsRefusedAndChangesNothing() {
        start(3);
        history.apply(new TeamFormed(7, List.of(0L, 1L), 1));
        for (Entry bad : List.of(
                new TeamFormed(7, List.of(2L, 0L), 1),
                new TeamFormed(8, List.of(2L, 1L), 1),
                new TeamFormed(8, List.of(2L), 1),
                new TeamFormed(8, List.of(2L, 2L), 1),
                new TeamFormed(8, List.of(2L, 9L), 1),
                new TeamFormed(-8, List.of(2L, 9L), 1),
                new TeamEnded(8, 1, true, ""))) {
            assertThrows(IllegalArgumentException.class, () -> history.apply(bad), bad.toString());
            assertEquals(1, history.teams().size());
        }
        history.apply(new TeamEnded(7, 2, true, "why"));
        assertThrows(IllegalArgumentException.class, () -> history.apply(new TeamEnded(7, 2, true, "")));
        assertEquals("why", history.teams().get(0).reason());
        history.apply(new TeamFormed(8, List.of(2L, 1L), 2));
        history.apply(new WorkerLeft(0, 3, true, ""));
        history.apply(new TeamEnded(8, 3, true, ""));
        assertThrows(
                IllegalArgumentException.class, () -> history.apply(new TeamFormed(9, List.of(2L, 0L), 3)), "gone");
    }

    @Property(tries = 150, seed = "20261201")
    void everySecondOfEveryPlaceIsWhatItWas(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int evaluations,
            @ForAll @IntRange(min = 2, max = 4) int size,
            @ForAll @IntRange(max = 5) int more,
            @ForAll @DoubleRange(max = 0.6) double deaths) {
        TeamRun run = new TeamRun(seed, evaluations, size + more, size, deaths);
        RunHistory whole = SampleRun.history(run.entries);
        Timeline timeline = Timeline.of(whole);
        Map<State, Double> found = new EnumMap<>(State.class);
        for (int i = 0; i < timeline.size(); i++) {
            State state = timeline.state(i) == State.DRAINING ? State.WAITING : timeline.state(i);
            found.merge(state, timeline.end(i) - timeline.start(i), Double::sum);
        }
        // what is out when the run ends was for nobody
        double out = (size + more) * whole.wallSeconds()
                - run.truth.values().stream().mapToDouble(s -> s).sum();
        for (State state : State.values()) {
            assertEquals(
                    run.truth.getOrDefault(state, 0.0) + (state == State.LOST ? out : 0),
                    found.getOrDefault(state, 0.0),
                    1e-6,
                    state.toString());
        }
        assertEquals(
                size * (long) evaluations,
                whole.workers().stream().mapToLong(WorkerRow::evaluations).sum());
    }

    /** Cut anywhere, and gone on with. */
    @Property(tries = 150, seed = "20261202")
    void sharesAddUpWhereverTheJournalEnds(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int evaluations,
            @ForAll @IntRange(min = 2, max = 4) int size,
            @ForAll @IntRange(max = 5) int more,
            @ForAll @DoubleRange(max = 0.6) double deaths,
            @ForAll @DoubleRange(max = 1) double kept) {
        List<Entry> all = new TeamRun(seed, evaluations, size + more, size, deaths).entries;
        RunHistory part = SampleRun.history(all.subList(0, 1 + (int) (kept * (all.size() - 1))));
        AccountingTest.check(part);
        part.apply(new RunResumed(Instant.EPOCH, part.wallSeconds(), "", size, SampleRun.PROGRAM));
        assertFalse(part.teams().stream().anyMatch(TeamRow::present));
        for (int rank = 1; rank <= size; rank++) {
            part.apply(new WorkerJoined(999_999 + rank, rank, "h", "cpu", 1, 3, part.wallSeconds() + 1));
        }
        part.apply(new TeamFormed(1_000_000, List.of(1_000_001L, 1_000_000L), part.wallSeconds() + 1));
        AccountingTest.check(part);
    }

    private void start(int places) {
        history.apply(SampleRun.started(places));
        for (int i = 0; i < places; i++) {
            history.apply(new WorkerJoined(i, i + 1, "h", "cpu", i, 0, 0));
        }
    }

    private long dispatch(long worker, double time) {
        long id = next++;
        history.apply(new Asked(
                new Candidate(
                        id, 0, -1, -1, "random", GenomeText.parse("- | latent(2) | upsampling | adam(lr0.1,batch1)")),
                time));
        history.apply(new Dispatched(id, 1, worker, time));
        return id;
    }

    private void evaluate(long worker, double from, double to, double busy) {
        arrive(dispatch(worker, from), 1, worker, to, busy);
    }

    private void arrive(long id, int attempt, long worker, double time, double busy) {
        Evaluation evaluation = new Evaluation(
                id,
                EvaluationStatus.OK,
                Score.NONE,
                Effort.of(new Durations(0, busy, 0)).by(new Teamwork(2, 1)),
                List.of(),
                "");
        history.apply(new Arrived(evaluation, attempt, worker, 0, time));
    }

    private Accounting accounting() {
        return Accounting.of(history).orElseThrow();
    }

    private List<Long> evaluations() {
        return history.workers().stream().map(WorkerRow::evaluations).toList();
    }

    private List<Double> busy() {
        return history.workers().stream().map(WorkerRow::busy).toList();
    }
}

package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.aevo.search.Budget;
import org.aevo.search.EvaluationStatus;
import org.junit.jupiter.api.Test;

/** Rates and ends of runs made by hand. */
class OutlookTest {
    private static final Budget TWENTY = Budget.ofEvaluations(20);

    /** One worker dies at its first candidate, which the other evaluates after its own. */
    private static HandMadeRun withARetry() {
        return HandMadeRun.started(2)
                .joined(0, 1, 1)
                .joined(1, 2, 1)
                .asked(0, 0, 2)
                .asked(1, 1, 2)
                .lost(1, 4, "killed")
                .lostDispatch(1, 1, 1, 4)
                .arrived(0, 1, 0, 6, 4)
                .sent(1, 2, 0, 6)
                .arrived(1, 2, 0, 10, 4)
                .asked(2, 0, 10);
    }

    private static Outlook outlook(Budget budget, HandMadeRun run, LiveRun live, double now) {
        return Outlook.of(budget, live, run.toldTo(live).evaluated(), now);
    }

    @Test
    void aCandidateThatIsSentAgainCountsOnce() {
        LiveRun live = new LiveRun();
        Outlook outlook = outlook(TWENTY, withARetry(), live, 12);
        // two in ten seconds, and one of four seconds is half way
        assertEquals(720, outlook.perHour(), 1e-9);
        assertEquals(0.1, outlook.fraction(), 1e-12);
        assertEquals((20 - 2.5) * 10 / 2.5, outlook.secondsLeft(), 1e-9);
        assertEquals(1, live.sentAgain());
        assertEquals(1, live.workersLost());
        assertEquals(Map.of(EvaluationStatus.OK, 2), live.statuses());
        assertEquals(1, live.count(LiveRun.Doing.BUSY));
        assertEquals(1, live.count(LiveRun.Doing.LOST));
    }

    @Test
    void aResumedRunIsJudgedByItsPresentMaster() {
        HandMadeRun resumed = withARetry().resumed(1, 20);
        assertTrue(Double.isNaN(outlook(TWENTY, resumed, new LiveRun(), 20).secondsLeft()));
        resumed.joined(2, 1, 20.5).sent(2, 2, 2, 21).arrived(2, 2, 2, 25, 4);
        LiveRun live = new LiveRun();
        Outlook outlook = outlook(TWENTY, resumed, live, 25);
        assertEquals(900, outlook.perHour(), 1e-9);
        assertEquals(17 * 4, outlook.secondsLeft(), 1e-9);
        assertEquals(3.0 / 20, outlook.fraction(), 1e-12);
        assertEquals(2, live.sessions());
        assertEquals(2, live.sentAgain());
        assertEquals(1, live.places().size());
        assertEquals(3, live.statuses().values().stream().mapToInt(n -> n).sum());
    }

    @Test
    void whatComesFirstEndsARun() {
        Budget both = Budget.ofEvaluations(20).withWallSeconds(30);
        Outlook outlook = outlook(both, withARetry(), new LiveRun(), 12);
        assertEquals(18, outlook.secondsLeft(), 1e-9);
        assertEquals(0.4, outlook.fraction(), 1e-12);
        assertEquals(
                18,
                outlook(Budget.ofWallSeconds(30), withARetry(), new LiveRun(), 12)
                        .secondsLeft(),
                1e-9);
        Budget few = Budget.ofEvaluations(2).withWallSeconds(30);
        assertEquals(0, outlook(few, withARetry(), new LiveRun(), 12).secondsLeft());
    }

    @Test
    void theFirstArrivalsOfManyWorkersDoNotMislead() {
        HandMadeRun run = HandMadeRun.started(100);
        for (int w = 0; w < 100; w++) {
            run.joined(w, w + 1, 1).asked(w, w, 1);
        }
        run.arrived(0, 1, 0, 11, 10);
        Outlook outlook = outlook(Budget.ofEvaluations(1000), run, new LiveRun(), 11);
        // all are nearly ready: a thousand take a hundred workers ten times ten seconds
        assertEquals(90, outlook.secondsLeft(), 1e-9);
    }
}

package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What workers are said to do that have a candidate in advance. */
class LiveRunTest {

    private static LiveRun live(HandMadeRun run) {
        LiveRun live = new LiveRun();
        run.entries().forEach(live);
        return live;
    }

    /** Of the worker at the first place: what it does, with which candidate, since when. */
    private static String first(HandMadeRun run) {
        LiveRun.Place place = live(run).places().iterator().next();
        return place.doing() + " " + place.candidate() + "/" + place.attempt() + " " + place.since();
    }

    private static HandMadeRun twoCandidates() {
        return HandMadeRun.started(2).joined(0, 1, 1).asked(0, 0, 2).asked(1, 0, 2.5);
    }

    @Test
    void aCandidateInAdvanceIsBegunWhenTheOneBeforeItArrives() {
        HandMadeRun run = twoCandidates();
        assertEquals("BUSY 0/1 2.0", first(run));
        run.arrived(0, 1, 0, 6, 4);
        assertEquals("BUSY 1/1 6.0", first(run));
        run.asked(2, 0, 6.5);
        assertEquals("BUSY 1/1 6.0", first(run));
        run.arrived(1, 1, 0, 9, 3).arrived(2, 1, 0, 11, 2);
        assertEquals("WAITING -1/0 11.0", first(run));
    }

    @Test
    void aCandidateThatIsTakenBackLeavesItsWorkerAtWork() {
        HandMadeRun run = twoCandidates().joined(1, 2, 3).takenBack(1, 1, 0, 3).sent(1, 2, 1, 3);
        assertEquals("BUSY 0/1 2.0", first(run));
        assertEquals(2, live(run).count(LiveRun.Doing.BUSY));
        run.arrived(0, 1, 0, 6, 4);
        assertEquals("WAITING -1/0 6.0", first(run));
        run.arrived(1, 2, 1, 7, 4);
        assertEquals(2, live(run).count(LiveRun.Doing.WAITING));
    }

    @Test
    void aCandidateThatIsGivenUpMakesRoomForTheOneBehindIt() {
        assertEquals("BUSY 1/1 5.0", first(twoCandidates().lostDispatch(0, 1, 0, 5)));
    }

    @Test
    void allMembersOfATeamDoWhatItsLeaderWasSent() {
        HandMadeRun run = HandMadeRun.started(3)
                .joined(0, 1, 1)
                .joined(1, 2, 1)
                .joined(2, 3, 1)
                .formed(0, 1, 2L, 0L)
                .asked(0, 2, 2);
        assertEquals("BUSY 0/1 2.0", first(run));
        assertEquals(2, live(run).count(LiveRun.Doing.BUSY));
        run.arrived(0, 1, 2, 6, 4).asked(1, 2, 6);
        assertEquals("BUSY 1/1 6.0", first(run));
        assertEquals(0.5, live(run).credit(8), 1e-9);
        run.lost(2, 8, "killed").broken(0, 8).lostDispatch(1, 1, 2, 8);
        assertEquals("WAITING -1/0 8.0", first(run));
        assertEquals(1, live(run).count(LiveRun.Doing.LOST));
        run.formed(1, 9, 0L, 1L).sent(1, 2, 0, 9);
        assertEquals(2, live(run).count(LiveRun.Doing.BUSY));
        assertEquals(1, live(run).sentAgain());
    }

    @Test
    void nothingWaitsBehindALostWorker() {
        HandMadeRun run =
                twoCandidates().lost(0, 4, "killed").lostDispatch(0, 1, 0, 4).takenBack(1, 1, 0, 4);
        assertEquals("LOST -1/0 4.0", first(run));
        run.joined(1, 1, 5).sent(0, 2, 1, 5).arrived(0, 2, 1, 9, 4);
        assertEquals("WAITING -1/0 9.0", first(run));
    }

    @Test
    void onlyWhatALostWorkerHadBegunIsSentAgain() {
        HandMadeRun run = twoCandidates().joined(1, 2, 3).takenBack(1, 1, 0, 3).sent(1, 2, 1, 3);
        assertEquals(0, live(run).sentAgain());
        run.asked(2, 0, 3).lost(0, 4, "killed").lostDispatch(0, 1, 0, 4).takenBack(2, 1, 0, 4);
        assertEquals(0, live(run).sentAgain());
        run.sent(0, 2, 1, 4).arrived(1, 2, 1, 5, 2).sent(2, 2, 1, 5);
        assertEquals(1, live(run).sentAgain());
        // the master dies; what was at work is sent again, what waited behind it is sent for the first time
        run.resumed(1, 6).joined(2, 1, 7).sent(0, 3, 2, 7).sent(2, 3, 2, 7);
        assertEquals(2, live(run).sentAgain());
    }

    @Test
    void timeBehindAnotherCandidateIsNoWork() {
        HandMadeRun run = twoCandidates().arrived(0, 1, 0, 6, 4);
        // the first took four seconds; the second, out for 3.5 s longer, has had one
        assertEquals(0.25, live(run).credit(7), 1e-12);
        run.arrived(1, 1, 0, 8, 2).asked(2, 0, 8);
        // four and two: three on average
        assertEquals(0.5, live(run).credit(9.5), 1e-12);
    }
}

package org.aevo.master;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aevo.record.Entry;
import org.aevo.record.Program;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Evaluator;
import org.aevo.search.Insertion;
import org.aevo.search.Job;
import org.aevo.search.Mode;
import org.aevo.search.Proposal;
import org.aevo.search.SearchStrategy;
import org.aevo.stopping.StoppingRules;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final Program OWN = new Program("aevo 1", "c0ffee", "17");
    private static final Program OTHER = new Program("aevo 1", "decade", "17");
    private static final int CANDIDATES = 50;

    private static SearchStrategy strategy() {
        return InProcessRun.strategy(Mode.ASYNC, 5);
    }

    /** What a program would have recorded that decided otherwise on one candidate. */
    private static List<Entry> run(Program program, long otherwise) throws Exception {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry.RunStarted(
                "test",
                "async",
                "genetic",
                5,
                Instant.EPOCH,
                program.name(),
                "",
                "",
                program.commit(),
                program.java(),
                Map.of(),
                Map.of(),
                true,
                1));
        SearchStrategy strategy = strategy();
        Evaluator evaluator = InProcessRun.simulated(1e-9, 0);
        for (int n = 0; n < CANDIDATES; n++) {
            Candidate candidate = ((Proposal.Next) strategy.ask()).candidate();
            Candidate recorded = candidate.id() == otherwise
                    ? new Candidate(
                            candidate.id(),
                            candidate.generation(),
                            candidate.parentA(),
                            candidate.parentB(),
                            "otherwise",
                            candidate.genome())
                    : candidate;
            entries.add(new Entry.Asked(recorded, n));
            entries.add(new Entry.Dispatched(recorded.id(), 1, 0, n));
            Evaluation evaluation =
                    evaluator.evaluate(new Job(candidate, n, Double.NaN)).evaluation();
            entries.add(new Entry.Arrived(evaluation, 1, 0, 0, n));
            strategy.tell(evaluation).forEach(i -> entries.add(new Entry.Inserted(i, evaluation.id())));
        }
        return entries;
    }

    private static void replay(Replay replay, List<Entry> entries) {
        entries.forEach(replay::apply);
        assertEquals(CANDIDATES, replay.told());
    }

    @Test
    void whatAnotherProgramDecidedOtherwiseIsNoticed() throws Exception {
        List<Entry> otherwise = run(OTHER, 7);
        assertThrows(ReplayException.class, () -> replay(new Replay(strategy()), otherwise));
        assertThrows(
                ReplayException.class, () -> replay(Replay.trusting(strategy(), StoppingRules.none(), OWN), otherwise));
        Program unknown = new Program("aevo 1", "", "17");
        List<Entry> byUnknown = run(unknown, 7);
        assertThrows(
                ReplayException.class,
                () -> replay(Replay.trusting(strategy(), StoppingRules.none(), unknown), byUnknown));
    }

    /** Journals of earlier programs do not say who left; those of this one do, and nobody is somebody too. */
    @Test
    void whoLeftIsComparedWhereItWasRecorded() throws Exception {
        List<Entry> own = run(OWN, -1);
        assertTrue(
                own.stream()
                        .anyMatch(e -> e instanceof Entry.Inserted i
                                && !i.insertion().left().isEmpty()),
                "nobody leaves in this run");
        assertDoesNotThrow(() -> replay(new Replay(strategy()), own));
        assertDoesNotThrow(() -> replay(new Replay(strategy()), forgetful(own, false)));
        assertThrows(ReplayException.class, () -> replay(new Replay(strategy()), forgetful(own, true)));
    }

    private static List<Entry> forgetful(List<Entry> entries, boolean tellsWhoLeft) {
        return entries.stream()
                .map(entry -> {
                    if (!(entry instanceof Entry.Inserted e)) {
                        return entry;
                    }
                    Insertion in = e.insertion();
                    return new Entry.Inserted(
                            new Insertion(in.id(), in.bestFitness(), in.meanFitness(), in.diversity()),
                            e.time(),
                            tellsWhoLeft);
                })
                .toList();
    }

    @Test
    void ofItsOwnDecisionsAProgramLooksAtSome() throws Exception {
        List<Entry> own = run(OWN, 7);
        assertDoesNotThrow(() -> replay(Replay.trusting(strategy(), StoppingRules.none(), OWN), own));
        List<Entry> looked = run(OWN, 20);
        assertThrows(
                ReplayException.class, () -> replay(Replay.trusting(strategy(), StoppingRules.none(), OWN), looked));
    }

    @Test
    void aTrustingReplayEndsInTheSameState() throws Exception {
        List<Entry> own = run(OWN, -1);
        Replay all = new Replay(strategy());
        Replay some = Replay.trusting(strategy(), StoppingRules.none(), OWN);
        replay(all, own);
        replay(some, own);
        assertEquals(all.stagnation(), some.stagnation());
        assertTrue(all.stagnation().evaluations() > 0 && all.stagnation().best() == all.bestFitness());
        for (int n = 0; n < 20; n++) {
            assertEquals(all.strategy().ask(), some.strategy().ask());
        }
    }
}

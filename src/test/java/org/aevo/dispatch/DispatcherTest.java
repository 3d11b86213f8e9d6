package org.aevo.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.aevo.search.Budget;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Incumbent;
import org.aevo.search.Proposal;
import org.aevo.search.Score;
import org.aevo.search.SearchStrategy;
import org.aevo.search.Stagnation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DispatcherTest {
    private static final long NO_BARRIER = Long.MAX_VALUE;

    /** Each with 30 runs of its own kind: see {@link Driver} for what holds after every step. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverHappensNothingIsLostOrDoubled(long block) {
        int returned = 0;
        int restarts = 0;
        int givenUp = 0;
        for (long seed = 100 * block; seed < 100 * block + 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int places = 1 + random.nextInt(9);
            long budget = 1 + random.nextInt(150);
            long most = random.nextInt(4) == 0 ? 1 + random.nextInt(100) : Long.MAX_VALUE;
            long generation = random.nextBoolean() ? NO_BARRIER : 1 + random.nextInt(12);
            Driver driver = new Driver(
                    seed,
                    new CountedSearch(most, generation),
                    Driver.settings(budget, 1 + random.nextInt(3), random.nextInt(5)),
                    places);
            double losing = random.nextInt(3) * 0.1;
            for (int turn = 0; turn < 400; turn++) {
                driver.turn(losing);
            }
            for (int turn = 0; turn < 400 && driver.dispatcher.ending().isEmpty(); turn++) {
                driver.calm();
            }
            driver.assertDone();
            assertEquals(Math.min(budget, most), driver.search.asked);
            returned += driver.returned;
            restarts += driver.restarts;
            givenUp += driver.givenUp.size();
        }
        assertTrue(returned > 0 && restarts > 0 && givenUp > 0, "it was too quiet");
    }

    private static Dispatcher dispatcher(SearchStrategy search, long evaluations, int prefetch) {
        return new Dispatcher(search, Driver.settings(evaluations, 2, prefetch), Past.NONE);
    }

    private static List<String> actions(Dispatcher dispatcher) {
        List<String> all = new ArrayList<>();
        for (Optional<Action> next = dispatcher.next(); next.isPresent(); next = dispatcher.next()) {
            Action action = next.get();
            all.add((action instanceof Action.Send ? "" : "back ")
                    + action.assignment().id() + "." + action.assignment().attempt() + "@" + action.place());
        }
        return all;
    }

    private static Evaluation evaluation(long id, double fitness) {
        return new Evaluation(
                id,
                EvaluationStatus.OK,
                new Score(fitness, fitness, fitness),
                Effort.of(Durations.ZERO),
                List.of(),
                "");
    }

    private static void evaluated(Dispatcher dispatcher, int place, long id) {
        assertTrue(dispatcher.arrived(place, id, 1).isPresent());
        dispatcher.tell(evaluation(id, 1));
    }

    @Test
    void theIdleAreServedFirstThenWhoHasLeast() {
        Dispatcher dispatcher = dispatcher(new CountedSearch(NO_BARRIER, NO_BARRIER), 100, 2);
        dispatcher.joined(3);
        dispatcher.joined(0);
        assertEquals(List.of("0.1@0", "1.1@3", "2.1@0", "3.1@3", "4.1@0", "5.1@3"), actions(dispatcher));
        dispatcher.joined(1);
        assertEquals(List.of("6.1@1", "7.1@1", "8.1@1"), actions(dispatcher));
        evaluated(dispatcher, 3, 1);
        assertEquals(List.of("9.1@3"), actions(dispatcher));
        assertEquals(3, dispatcher.busy());
    }

    @Test
    void atABarrierWhatOthersHaveNotBegunIsAskedBackAndGoesToTheIdle() {
        Dispatcher dispatcher = dispatcher(new CountedSearch(NO_BARRIER, 6), 100, 2);
        dispatcher.joined(0);
        dispatcher.joined(1);
        assertEquals(List.of("0.1@0", "1.1@1", "2.1@0", "3.1@1", "4.1@0", "5.1@1"), actions(dispatcher));
        evaluated(dispatcher, 0, 0);
        evaluated(dispatcher, 0, 2);
        assertTrue(dispatcher.ending().isEmpty());
        assertEquals(List.of(), actions(dispatcher));
        evaluated(dispatcher, 0, 4);
        assertEquals(List.of("back 5.1@1"), actions(dispatcher));
        assertTrue(dispatcher.isWaiting());
        assertEquals(List.of(), actions(dispatcher), "one idle worker needs no more than one candidate");
        assertTrue(dispatcher.returned(1, 5, 1).isPresent());
        assertEquals(List.of("5.2@0"), actions(dispatcher));
        evaluated(dispatcher, 1, 1);
        evaluated(dispatcher, 1, 3);
        assertTrue(dispatcher.arrived(0, 5, 2).isPresent());
        dispatcher.tell(evaluation(5, 1));
        assertFalse(dispatcher.isWaiting());
        assertEquals("6.1@0", actions(dispatcher).get(0));
    }

    @Test
    void whatWasBegunMeanwhileStaysWhereItIs() {
        Dispatcher dispatcher = dispatcher(new CountedSearch(NO_BARRIER, NO_BARRIER), 3, 1);
        dispatcher.joined(0);
        dispatcher.joined(1);
        assertEquals(List.of("0.1@0", "1.1@1", "2.1@0"), actions(dispatcher));
        evaluated(dispatcher, 1, 1);
        assertEquals(List.of("back 2.1@0"), actions(dispatcher));
        evaluated(dispatcher, 0, 0);
        assertEquals(List.of(), actions(dispatcher));
        evaluated(dispatcher, 0, 2);
        assertEquals(Optional.empty(), dispatcher.returned(0, 2, 1));
        dispatcher.wake(1);
        assertEquals(
                "all 3 evaluations are done", dispatcher.ending().orElseThrow().reason());
    }

    @Test
    void onlyTheFirstIsBlamedAndTheOldestIsSentAgainFirst() {
        Dispatcher dispatcher = dispatcher(new CountedSearch(NO_BARRIER, NO_BARRIER), 100, 1);
        dispatcher.joined(0);
        dispatcher.joined(1);
        assertEquals(List.of("0.1@0", "1.1@1", "2.1@0", "3.1@1"), actions(dispatcher));
        dispatcher.left(1);
        dispatcher.left(0);
        assertEquals(List.of(), actions(dispatcher));
        dispatcher.joined(5);
        assertEquals(List.of("0.2@5", "1.2@5"), actions(dispatcher));
        List<Loss> losses = dispatcher.left(5);
        assertEquals(List.of(true, false), losses.stream().map(Loss::begun).toList());
        assertEquals(
                List.of(0L), dispatcher.givenUp().stream().map(Assignment::id).toList());
        assertEquals(List.of(), dispatcher.givenUp());
        assertEquals(1, dispatcher.running(), "it is out until it is told");
        dispatcher.tell(Evaluation.failed(0, EvaluationStatus.WORKER_LOST, Durations.ZERO, ""));
        dispatcher.joined(5);
        assertEquals(List.of("1.3@5", "2.2@5"), actions(dispatcher));
    }

    @Test
    void aStrategyThatHasNothingIsAskedAgainOnlyWhenItWasToldMore() {
        CountedSearch search = new CountedSearch(NO_BARRIER, 2);
        Dispatcher dispatcher = dispatcher(search, 100, 0);
        for (int place = 0; place < 4; place++) {
            dispatcher.joined(place);
        }
        assertEquals(List.of("0.1@0", "1.1@1"), actions(dispatcher));
        assertEquals(List.of(), actions(dispatcher));
        assertEquals(3, search.calls);
        evaluated(dispatcher, 0, 0);
        assertEquals(List.of(), actions(dispatcher));
        assertEquals(4, search.calls);
    }

    @Test
    void aRunEndsWhenItsBudgetIsSpentAndWhatIsOutMayComeForTheGraceTime() {
        Budget budget = Budget.ofWallSeconds(100).withTargetFitness(0.5);
        SearchStrategy search = new CountedSearch(NO_BARRIER, NO_BARRIER);
        Dispatcher timed = new Dispatcher(search, new DispatchSettings(budget, 1, 1, 10), Past.NONE);
        timed.joined(0);
        assertEquals(List.of("0.1@0", "1.1@0"), actions(timed));
        timed.wake(99.9);
        assertTrue(timed.ending().isEmpty());
        timed.wake(100);
        assertEquals(List.of("back 1.1@0"), actions(timed), "nothing is sent, and what has not begun is asked back");
        assertFalse(timed.isOver(109.9));
        assertTrue(timed.isOver(110));
        timed.stop("too late to be the reason", 101, 105);
        assertTrue(timed.isOver(105), "but not to leave less time");
        assertEquals(
                new Ending(true, "the wall time of 100.0 s is over", 105),
                timed.ending().orElseThrow());
        timed.returned(0, 1, 1);
        assertFalse(timed.isOver(101));
        evaluated(timed, 0, 0);
        assertTrue(timed.isOver(101), "nothing is out");

        Dispatcher aimed = new Dispatcher(
                new CountedSearch(NO_BARRIER, NO_BARRIER), new DispatchSettings(budget, 1, 0, 10), Past.NONE);
        aimed.joined(0);
        actions(aimed);
        aimed.arrived(0, 0, 1);
        aimed.tell(evaluation(0, 0.5));
        aimed.wake(1);
        assertEquals(
                "fitness 0.5 reached the target of 0.5",
                aimed.ending().orElseThrow().reason());
        assertEquals(new Incumbent(0, 0.5), aimed.incumbent());
    }

    @Test
    void aRunEndsWhenTheSearchFindsNothingBetter() {
        DispatchSettings settings =
                new DispatchSettings(Budget.ofEvaluations(100).withStagnation(3), 1, 0, 10);
        Dispatcher dispatcher = new Dispatcher(new CountedSearch(NO_BARRIER, NO_BARRIER), settings, Past.NONE);
        dispatcher.joined(0);
        // the first is the best, and all are as good
        for (long id = 0; id < 4; id++) {
            dispatcher.wake(id);
            assertTrue(dispatcher.ending().isEmpty(), "before candidate " + id);
            actions(dispatcher);
            evaluated(dispatcher, 0, id);
        }
        dispatcher.wake(4);
        assertEquals(
                "the last 3 evaluations brought none better than 1.0",
                dispatcher.ending().orElseThrow().reason());
        assertTrue(dispatcher.isOver(4));

        CountedSearch gone = new CountedSearch(NO_BARRIER, NO_BARRIER);
        gone.asked = 4;
        Past past = new Past(4, 4, new Incumbent(0, 1), new Stagnation(4, 2, 0), List.of());
        Dispatcher resumed = new Dispatcher(gone, settings, past);
        resumed.joined(0);
        resumed.wake(5);
        assertTrue(resumed.ending().isEmpty());
        actions(resumed);
        evaluated(resumed, 0, 4);
        resumed.wake(6);
        assertTrue(resumed.ending().isPresent(), "those before the resumption count");
    }

    @Test
    void aStoppedRunIsNotComplete() {
        Dispatcher dispatcher = dispatcher(new CountedSearch(NO_BARRIER, NO_BARRIER), 100, 0);
        dispatcher.joined(0);
        actions(dispatcher);
        dispatcher.stop("a user says so", 5, Double.POSITIVE_INFINITY);
        dispatcher.stop("and another", 6, Double.POSITIVE_INFINITY);
        dispatcher.wake(1e9);
        assertEquals(
                new Ending(false, "a user says so", 15), dispatcher.ending().orElseThrow());
        dispatcher.joined(1);
        assertEquals(List.of(), actions(dispatcher));
    }

    @Test
    void aSearchThatIsExhaustedEndsTheRunWhenAllIsTold() {
        Dispatcher dispatcher = dispatcher(new CountedSearch(2, NO_BARRIER), 100, 0);
        dispatcher.joined(0);
        dispatcher.joined(1);
        dispatcher.joined(2);
        assertEquals(List.of("0.1@0", "1.1@1"), actions(dispatcher));
        evaluated(dispatcher, 0, 0);
        actions(dispatcher);
        dispatcher.wake(1);
        assertTrue(dispatcher.ending().isEmpty());
        evaluated(dispatcher, 1, 1);
        actions(dispatcher);
        dispatcher.wake(2);
        assertEquals(
                "there are no more than 2", dispatcher.ending().orElseThrow().reason());
    }

    /** Of ids 0, 1, 2, ... these durations, again and again. */
    private static final double[] DURATIONS = {3, 9, 1, 9, 5};

    private static Dispatcher longestFirst(CountedSearch search, long evaluations, int prefetch, Past past) {
        return new Dispatcher(
                search,
                Driver.settings(evaluations, 2, prefetch),
                past,
                Optional.of(candidate -> DURATIONS[(int) (candidate.id() % DURATIONS.length)]));
    }

    @Test
    void theLongestOfAGenerationGoesOutFirst() {
        CountedSearch search = new CountedSearch(NO_BARRIER, 5);
        Dispatcher dispatcher = longestFirst(search, 100, 0, Past.NONE);
        dispatcher.joined(0);
        Action.Send first = (Action.Send) dispatcher.next().orElseThrow();
        assertEquals(1, first.assignment().id(), "of equals the oldest");
        assertEquals(
                List.of(0L, 1L, 2L, 3L, 4L),
                first.asked().stream().map(Candidate::id).toList(),
                "all of the generation, in the order of birth");
        assertEquals(5, dispatcher.asked());
        assertEquals(5, dispatcher.outstanding().size());
        assertFalse(dispatcher.isWaiting(), "there is more to send");
        dispatcher.joined(1);
        Action.Send second = (Action.Send) dispatcher.next().orElseThrow();
        assertEquals(3, second.assignment().id());
        assertEquals(List.of(), second.asked());
        evaluated(dispatcher, 0, 1);
        assertEquals(List.of("4.1@0"), actions(dispatcher));
        evaluated(dispatcher, 1, 3);
        assertEquals(List.of("0.1@1"), actions(dispatcher));
        dispatcher.left(1);
        evaluated(dispatcher, 0, 4);
        assertEquals(List.of("0.2@0"), actions(dispatcher), "what was sent before comes first");
        assertTrue(dispatcher.arrived(0, 0, 2).isPresent());
        dispatcher.tell(evaluation(0, 1));
        assertEquals(List.of("2.1@0"), actions(dispatcher));
        dispatcher.joined(1);
        assertEquals(List.of(), actions(dispatcher));
        assertTrue(dispatcher.isWaiting());
        evaluated(dispatcher, 0, 2);
        assertEquals(List.of("6.1@0", "8.1@1"), actions(dispatcher));
    }

    @Test
    void ofALastGenerationNoMoreIsAskedThanTheBudgetHas() {
        CountedSearch search = new CountedSearch(NO_BARRIER, 5);
        Dispatcher dispatcher = longestFirst(search, 3, 1, Past.NONE);
        dispatcher.joined(0);
        assertEquals(List.of("1.1@0", "0.1@0"), actions(dispatcher));
        assertEquals(3, search.asked);
        evaluated(dispatcher, 0, 1);
        assertEquals(List.of("2.1@0"), actions(dispatcher));
        evaluated(dispatcher, 0, 0);
        evaluated(dispatcher, 0, 2);
        dispatcher.wake(1);
        assertTrue(dispatcher.isOver(1));
    }

    @Test
    void whoGoesOnSendsTheLongestOfThoseThatWereNeverSent() {
        CountedSearch search = new CountedSearch(NO_BARRIER, 5);
        Dispatcher before = longestFirst(search, 100, 0, Past.NONE);
        before.joined(0);
        assertEquals(List.of("1.1@0"), actions(before));
        List<Assignment> out = before.outstanding().stream()
                .sorted(Comparator.comparingLong(Candidate::id))
                .map(c -> c.id() == 1 ? Assignment.of(c).nextAttempt() : Assignment.of(c))
                .toList();
        Dispatcher after = longestFirst(search, 100, 9, new Past(5, 0, Incumbent.NONE, Stagnation.NONE, out));
        after.joined(0);
        assertEquals(List.of("1.2@0", "3.1@0", "4.1@0", "0.1@0", "2.1@0"), actions(after));
    }

    @Test
    void mistakesOfWhoDrivesItAreRefused() {
        Dispatcher dispatcher = dispatcher(new CountedSearch(NO_BARRIER, NO_BARRIER), 100, 0);
        dispatcher.joined(0);
        actions(dispatcher);
        assertThrows(IllegalArgumentException.class, () -> dispatcher.joined(0));
        assertThrows(IllegalArgumentException.class, () -> dispatcher.left(1));
        assertThrows(IllegalArgumentException.class, () -> dispatcher.tell(evaluation(0, 1)), "it did not arrive");
        evaluated(dispatcher, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> dispatcher.tell(evaluation(0, 1)), "it was told");
        assertThrows(IllegalArgumentException.class, () -> Driver.settings(1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Driver.settings(1, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> new Past(3, 1, Incumbent.NONE, Stagnation.NONE, List.of()));
        SearchStrategy waiting = new CountedSearch(NO_BARRIER, NO_BARRIER) {
            @Override
            public Proposal ask() {
                return new Proposal.Wait();
            }
        };
        Dispatcher stuck = dispatcher(waiting, 1, 0);
        stuck.joined(0);
        assertThrows(IllegalStateException.class, stuck::next, "it would wait for ever");
    }
}

package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.aevo.search.Budget;
import org.junit.jupiter.api.Test;

/** The live view on terminals of all sizes, and its clock. */
class LiveFrameTest {
    private static final ZonedDateTime NOON = ZonedDateTime.of(2026, 2, 3, 12, 0, 0, 0, ZoneOffset.UTC);

    private static LiveFrame frame(HandMadeRun run, double now) {
        LiveRun live = new LiveRun();
        return new LiveFrame(run.toldTo(live), live, Budget.ofEvaluations(20), now);
    }

    private static HandMadeRun fourWorkers() {
        return HandMadeRun.started(4)
                .joined(0, 1, 1)
                .joined(1, 2, 1)
                .joined(2, 3, 1)
                .asked(0, 0, 2)
                .asked(1, 1, 2)
                .lost(1, 4, "no sign of life")
                .lostDispatch(1, 1, 1, 4)
                .sent(1, 2, 2, 4)
                .arrived(0, 1, 0, 6, 4);
    }

    @Test
    void itSaysWhatEachWorkerDoesAndForHowLong() {
        List<String> lines = frame(fourWorkers(), 12).lines(100, 20, NOON);
        assertEquals("hand-made: async genetic search, seed 1 -- SIMULATED EVALUATIONS", lines.get(0));
        assertTrue(
                lines.get(1).startsWith("[#.......................] 5 %  1/20 evaluated  0:12, about "), lines.get(1));
        // one and a whole one's credit in ten seconds: eighteen more take ninety
        assertTrue(lines.get(1).endsWith("about 1:30 left, until 12:01:30"), lines.get(1));
        assertEquals("360 evaluations per hour, 1 ok, 1 sent again", lines.get(2));
        assertTrue(lines.get(3).startsWith("best 0.3333, candidate 0 at 0:06: dense(8,relu)"), lines.get(3));
        assertEquals(
                "4 workers: 1 busy, 1 waiting, 1 starting, 1 lost; lost so far: 1, the last worker 2 0:08 ago: no"
                        + " si…",
                lines.get(4));
        assertEquals(
                List.of(
                        "worker 1 0:06 waiting host1", "worker 2 0:08 lost host2 no sign of life",
                        "worker 3 0:08 busy with candidate 1 (attempt 2) host3", "worker 4 0:12 starting"),
                lines.subList(5, 9).stream()
                        .map(l -> l.strip().replaceAll(" +", " "))
                        .toList());
        assertEquals(9, lines.size());
        assertEquals(
                "0:12  1/20 evaluated, 1 running, 2 of 4 workers there, 1 lost so far, best 0.3333, about 1:30 left"
                        + "  SIMULATED",
                frame(fourWorkers(), 12).line());
    }

    @Test
    void itFitsATerminalOfAnySize() {
        HandMadeRun many = HandMadeRun.started(500, "a\nname\u001b[2J that moves the cursor");
        for (int w = 0; w < 499; w++) {
            many.joined(w, w + 1, 1).asked(w, w, 1 + w);
        }
        many.lost(7, 600, "killed").lostDispatch(7, 1, 7, 600);
        for (HandMadeRun run : List.of(HandMadeRun.started(1), fourWorkers(), many)) {
            for (int height = 1; height < 40; height++) {
                for (int width : new int[] {1, 20, 80, 300}) {
                    List<String> lines = frame(run, 700).lines(width, height, NOON);
                    assertTrue(lines.size() <= height, lines::toString);
                    assertTrue(lines.stream().allMatch(l -> l.length() <= width), lines::toString);
                    assertTrue(lines.stream().noneMatch(l -> l.matches(".*\\p{Cntrl}.*")), lines::toString);
                }
            }
        }
        List<String> lines = frame(many, 700).lines(100, 10, NOON);
        assertEquals(10, lines.size());
        assertTrue(lines.get(4).contains("worker 8 ") && lines.get(4).contains("lost"), lines::toString);
        assertTrue(lines.get(5).contains("worker 500") && lines.get(5).contains("starting"), lines::toString);
        assertTrue(
                lines.get(6).contains("worker 1 ") && lines.get(6).contains("busy with candidate 0"), lines::toString);
        assertEquals("  and 495 more", lines.get(9));
    }

    @Test
    void theClockIsPutRightByWhatIsWritten() {
        AtomicReference<Instant> time = new AtomicReference<>(Instant.EPOCH.plusSeconds(1000));
        LiveClock clock = new LiveClock(time::get);
        // the master's host is ten minutes ahead
        clock.begun(Instant.EPOCH.plusSeconds(1600), 0);
        clock.seen(40, false);
        assertEquals(40, clock.now(), 1e-9);
        clock.seen(41, true);
        time.updateAndGet(t -> t.plus(Duration.ofSeconds(5)));
        assertEquals(46, clock.now(), 1e-9);
        clock.seen(45.5, true);
        assertEquals(46, clock.now(), 1e-9);
        // or it is ten minutes behind
        clock.begun(time.get().minusSeconds(600), 50);
        assertEquals(650, clock.now(), 1e-9);
        clock.seen(51, true);
        assertEquals(51, clock.now(), 1e-9);
    }
}

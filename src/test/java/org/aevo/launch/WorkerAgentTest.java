package org.aevo.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.aevo.mpi.RunSecret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerAgentTest {
    private static final MeetingPoint.Place STALE = place(20001);
    private static final MeetingPoint.Place FRESH = place(20002);

    private final List<Integer> tried = new ArrayList<>();

    private static MeetingPoint.Place place(int port) {
        return new MeetingPoint.Place(port, RunSecret.random(), List.of("localhost"));
    }

    /** Of one whose worker finds a master at the second place only. */
    @SafeVarargs
    private boolean run(Optional<MeetingPoint.Place>... places) throws InterruptedException {
        Deque<Optional<MeetingPoint.Place>> said = new ArrayDeque<>(List.of(places));
        return new WorkerAgent(
                        () -> said.size() > 1 ? said.poll() : said.peek(),
                        place -> {
                            tried.add(place.port());
                            // it takes what it is told first, as a worker does
                            return List.of(
                                    "sh",
                                    "-c",
                                    "read -r secret; exit " + (place.equals(FRESH) ? 0 : WorkerAgent.UNREACHABLE));
                        },
                        Optional.empty(),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        line -> {})
                .run();
    }

    @Test
    void whatAnEarlierStartLeftIsReadAgain() throws InterruptedException {
        assertTrue(run(Optional.of(STALE), Optional.of(FRESH)));
        assertEquals(List.of(20001, 20002), tried);
    }

    @Test
    void aMasterThatIsNotThereIsAFailureUnlessItsRunIsOver() throws InterruptedException {
        assertFalse(run(Optional.of(STALE)));
        assertTrue(run(Optional.of(STALE), Optional.empty()));
        assertEquals(List.of(20001, 20001), tried);
    }
}

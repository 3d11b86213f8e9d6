package org.aevo.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.aevo.mpi.Message;
import org.junit.jupiter.api.Test;

class PreparationsTest {
    private final WorkerTable table = new WorkerTable(4, 0);
    private final Preparations preparations = new Preparations("worker", 100, 0);
    private final WorkerSeat first = table.seat(WorkerTableTest.link(), 0).orElseThrow();
    private final WorkerSeat second = table.seat(WorkerTableTest.link(), 0).orElseThrow();

    private Optional<String> says(WorkerSeat seat, double now, double seconds, double idle) {
        return preparations.hear(
                seat, new Message.Preparing("node1", 40 + seat.rank(), "loading the data", seconds, idle), now);
    }

    @Test
    void withoutAnyWorkerARunWaitsForItsTime() {
        assertEquals(Optional.empty(), preparations.lonely(0, 100));
        assertEquals(Optional.of("no worker was ready for 101 s (cluster.start-timeout)"), preparations.lonely(0, 101));
    }

    @Test
    void timeInWhichOneGetsOnDoesNotCount() {
        for (int now = 2; now < 1000; now += 2) {
            says(first, now, now - 1, 0);
            assertEquals(Optional.empty(), preparations.lonely(0, now));
        }
        assertTrue(preparations.isPreparing(41));
        assertEquals(Map.of(), preparations.stuck(1000));
        preparations.end(first); // ready
        assertFalse(preparations.isPreparing(41));
        assertEquals(Optional.empty(), preparations.lonely(1, 1001));
        assertEquals(Optional.empty(), preparations.lonely(0, 1101));
        assertTrue(preparations.lonely(0, 1102).isPresent());
    }

    @Test
    void whoGetsNoFurtherIsGivenUpAndNamed() {
        says(first, 50, 49, 0);
        says(first, 150, 149, 100);
        assertEquals(Map.of(), preparations.stuck(150));
        says(first, 151, 150, 101);
        String reason = "worker 1 (node1, process 41) was preparing, loading the data, and got no further for 100 s";
        assertEquals(Map.of(first, reason), preparations.stuck(151));
        String ending = "no worker was ready for 151 s (cluster.start-timeout): " + reason
                + "; raise cluster.start-timeout if that takes so long";
        assertEquals(Optional.of(ending), preparations.lonely(0, 151));
        assertEquals(41, preparations.process(first));
        preparations.end(first);
        assertEquals(Optional.of(ending), preparations.lonely(0, 151)); // also when it has gone
        says(second, 152, 1, 0);
        assertEquals(Optional.empty(), preparations.lonely(0, 152));
    }

    @Test
    void noneIsWaitedForForEver() {
        Optional<String> end = Optional.empty();
        int now = 0;
        for (; end.isEmpty() && now < 10_000; now += 2) {
            says(first, now, now % 700, 0); // its process is another now and then
            assertEquals(Map.of(), preparations.stuck(now));
            end = preparations.lonely(0, now);
        }
        assertEquals(3004, now);
        assertEquals(
                "no worker was ready for 3002 s (30 times cluster.start-timeout): worker 1 (node1, process 41) was"
                        + " preparing, loading the data; raise cluster.start-timeout if that takes so long",
                end.orElseThrow());
        says(second, now, 3001, 0);
        assertEquals(
                Map.of(second, "worker 2 (node1, process 42) was preparing, loading the data, for 3001 s"),
                preparations.stuck(now));
    }

    @Test
    void oneThatTakesLongIsNotedOnce() {
        assertEquals(Optional.empty(), says(first, 5, 4, 0));
        assertEquals(
                Optional.of("worker 1 (node1, process 41) has been preparing for 12 s: loading the data"),
                says(first, 13, 12, 0));
        assertEquals(Optional.empty(), says(first, 15, 14, 0));
    }
}

package org.aevo.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aevo.mpi.Link;
import org.junit.jupiter.api.Test;

class WorkerTableTest {
    /** One that nobody talks over. */
    static Link link() {
        return new SilentLink();
    }

    @Test
    void whoComesBeforeALossWasNoticedWaitsForThePlace() {
        WorkerTable table = new WorkerTable(1, 0);
        WorkerSeat first = table.seat(link(), 0).orElseThrow();
        Link again = link();
        assertTrue(table.seat(again, 1).isEmpty());
        assertTrue(table.lineUp(again));
        assertTrue(table.seatNext(1).isEmpty());
        table.remove(first);
        WorkerSeat second = table.seatNext(2).orElseThrow();
        assertEquals(1, second.rank());
        assertEquals(again, second.link());
        assertEquals(List.of(), List.copyOf(table.waiting()));
    }

    @Test
    void theLineHasAnEnd() {
        WorkerTable table = new WorkerTable(2, 0);
        for (int n = 0; n < 3; n++) {
            assertTrue(table.lineUp(link()));
        }
        assertFalse(table.lineUp(link()));
    }

    @Test
    void oneThatLeavesTheLineIsNotSeated() {
        WorkerTable table = new WorkerTable(1, 0);
        Link gone = link();
        table.lineUp(gone);
        table.leaveLine(gone);
        assertTrue(table.seatNext(0).isEmpty());
    }

    @Test
    void aMasterThatWasHeldUpBlamesNobody() {
        WorkerTable table = new WorkerTable(2, 0);
        WorkerSeat seat = table.seat(link(), 0).orElseThrow();
        try (LifeSigns signs = new LifeSigns(5, 0)) {
            for (double now = 0.2; now < 5; now += 0.2) {
                assertEquals(List.of(), signs.silent(table, now));
            }
            assertEquals(List.of(seat), signs.silent(table, 5.1));
            // stopped for a minute
            seat.heard(5.1);
            assertEquals(List.of(), signs.silent(table, 65));
            for (double now = 65.2; now < 69.9; now += 0.2) {
                assertEquals(List.of(), signs.silent(table, now));
            }
            assertEquals(List.of(seat), signs.silent(table, 70.1));
            // a disk that holds the master up now and then does not keep a dead worker
            seat.heard(70.1);
            double time = 70.1;
            for (int n = 0; n < 3; n++) {
                for (int look = 0; look < 10; look++) {
                    time += 0.2;
                    signs.silent(table, time);
                }
                time += 2.1;
                signs.silent(table, time);
            }
            assertEquals(List.of(seat), signs.silent(table, time + 0.1));
        }
    }
}

package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AwakeTimeTest {
    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void timePassesWhileItIsLookedAt() {
        AwakeTime time = new AwakeTime(Duration.ofSeconds(1), seconds(-3));
        for (int look = 1; look <= 100; look++) {
            assertEquals(seconds(look), time.nanoseconds(seconds(look - 3)));
        }
    }

    @Test
    void ofATimeInWhichTheProcessStoodStillTwoTurnsPass() {
        AwakeTime time = new AwakeTime(Duration.ofSeconds(1), 0);
        assertEquals(seconds(1), time.nanoseconds(seconds(1)));
        assertEquals(seconds(3), time.nanoseconds(seconds(3601)));
        assertEquals(seconds(4), time.nanoseconds(seconds(3602)));
    }
}

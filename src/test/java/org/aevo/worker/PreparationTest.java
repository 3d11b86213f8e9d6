package org.aevo.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.aevo.mpi.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
    private long now;
    private long processor;
    private long bytes;
    private final Preparation preparation = new Preparation(() -> processor, () -> bytes, () -> now);

    private Message.Preparing after(double seconds) {
        now += (long) (seconds * 1e9);
        return preparation.look("host", 7);
    }

    @Test
    void whatOnlySaysThatItLivesGetsNoFurther() {
        preparation.accept("loading");
        assertEquals(new Message.Preparing("host", 7, "loading", 2, 2), after(2));
        processor += TimeUnit.MILLISECONDS.toNanos(20); // of two seconds
        bytes += 300;
        assertEquals(new Message.Preparing("host", 7, "loading", 4, 4), after(2));
    }

    @Test
    void computingReadingAndHearingOfOthersAreProgress() {
        processor += TimeUnit.SECONDS.toNanos(1);
        assertEquals(0, after(2).idleSeconds());
        assertEquals(2, after(2).idleSeconds());
        bytes += 1 << 20;
        assertEquals(0, after(2).idleSeconds());
        now += TimeUnit.SECONDS.toNanos(1);
        preparation.accept("waiting for another");
        Message.Preparing last = after(2);
        assertEquals(2, last.idleSeconds());
        assertEquals("waiting for another", last.doing());
        assertEquals(9, last.seconds());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessThatReadsIsSeenToDoSo(@TempDir Path folder) throws Exception {
        Preparation own = Preparation.ofThisProcess();
        Path file = Files.write(folder.resolve("data"), new byte[1 << 20]);
        assertEquals(1 << 20, Files.readAllBytes(file).length);
        Message.Preparing said = own.look("host", 7);
        assertTrue(said.idleSeconds() <= said.seconds() && said.idleSeconds() < 1e-6, said.toString());
    }
}

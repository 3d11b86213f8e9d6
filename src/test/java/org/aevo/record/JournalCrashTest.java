package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A master that is killed with {@code kill -9} has lost nothing that it acknowledged. */
@Timeout(60)
class JournalCrashTest {
    @TempDir
    private Path dir;

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        Random random = new Random(11);
        Path place = dir.resolve("run");
        int known = 0;
        for (int kill = 0; kill < 4; kill++) {
            Process process = ChildJvm.start(Appender.class, place.toString());
            long acknowledged = known;
            try (BufferedReader out = process.inputReader()) {
                int until = known + 1 + random.nextInt(400);
                while (acknowledged < until) {
                    acknowledged = Long.parseLong(out.readLine());
                }
                process.toHandle().destroyForcibly(); // SIGKILL
                // what it still said before it died; the beginning of a number is no more than the number
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    acknowledged = line.isEmpty() ? acknowledged : Math.max(acknowledged, Long.parseLong(line));
                }
            }
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            List<Entry> entries = JournalTest.read(new RunPaths(place).journal());
            for (int i = 0; i < entries.size(); i++) {
                assertEquals(Appender.entry(i), entries.get(i));
            }
            assertTrue(entries.size() >= acknowledged, entries.size() + " of " + acknowledged + " are there");
            known = entries.size();
        }
        // the kernel gave the lock back each time
        RunDirectory.open(place).close();
        assertTrue(Files.size(new RunPaths(place).journal()) > 0);
    }

    /** Appends entries in groups for ever and prints how many are durable. */
    static final class Appender {
        private Appender() {}

        public static void main(String[] args) throws Exception {
            Path place = Path.of(args[0]);
            int[] count = {0};
            RunDirectory directory =
                    RunDirectory.holdsRun(place) ? RunDirectory.open(place) : RunDirectory.create(place);
            try (directory;
                    Journal journal = Files.exists(directory.paths().journal())
                            ? Journal.open(directory.paths().journal(), e -> count[0]++)
                            : Journal.create(directory.paths().journal())) {
                while (true) {
                    for (int i = 0; i <= count[0] % 7; i++) {
                        journal.append(entry(count[0]++));
                    }
                    journal.force();
                    System.out.println(count[0]);
                }
            }
        }

        static Entry entry(int number) {
            return new Entry.DispatchLost(number, 1, number % 5, number * 0.5, "x".repeat(number % 300));
        }
    }
}

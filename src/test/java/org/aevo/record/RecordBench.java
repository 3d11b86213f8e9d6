package org.aevo.record;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recording costs; prints, asserts nothing. {@code mvn test -Daevo.tests.excluded= -Daevo.tests.groups=bench} */
@Tag("bench")
class RecordBench {
    @TempDir
    private Path dir;

    @Test
    void journalAndSnapshot() throws Exception {
        List<Entry> entries = SampleRun.entries(1, 100_000, 16, 0.001);
        for (int group : new int[] {1, 10, 1, 10}) {
            double median = JournalCost.append(dir.resolve("append.journal"), entries, group)
                    .median();
            System.out.printf("append and force, by %d: %.0f us an entry%n", group, median);
        }
        Path file = dir.resolve("all.journal");
        try (Journal journal = Journal.create(file)) {
            journal.append(entries.toArray(Entry[]::new));
        }
        for (int i = 0; i < 4; i++) {
            long start = System.nanoTime();
            RunHistory history = RunHistory.read(file);
            System.out.printf(
                    "replay of %d entries (%d evaluations, %d MB): %.2f s%n",
                    entries.size(), history.evaluated(), Files.size(file) >> 20, seconds(start));
            start = System.nanoTime();
            RunHistory frozen = history.freeze();
            System.out.printf("freeze: %.2f ms%n", seconds(start) * 1e3);
            start = System.nanoTime();
            RunFile.write(dir.resolve("run.h5"), frozen, Optional.empty());
            System.out.printf("snapshot: %.2f s, %d MB%n", seconds(start), Files.size(dir.resolve("run.h5")) >> 20);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) * 1e-9;
    }
}

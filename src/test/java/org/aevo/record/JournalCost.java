package org.aevo.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@code JournalCost RUN}: what journaling cost the master of a run, and what a durable entry costs on the disk where the
 * run is.
 */
final class JournalCost {
    private static final int ENTRIES = 2000;

    private JournalCost() {}

    public static void main(String[] arguments) throws IOException {
        Path run = Path.of(arguments[0]);
        RunHistory history = RunHistory.read(new RunPaths(run).journal());
        Entry.MasterCosts costs = history.masterCosts();
        double wall = Accounting.of(history).orElseThrow().wallSeconds();
        System.out.printf(
                Locale.ROOT,
                "%d evaluations in %.1f s (utilisation %.4f): journal %.3f s, %.3f %% of the wall time, %.0f us an"
                        + " evaluation%n",
                history.evaluated(),
                wall,
                Accounting.of(history).orElseThrow().utilisation(),
                costs.journalS(),
                100 * costs.journalS() / wall,
                1e6 * costs.journalS() / history.evaluated());
        List<Entry> entries = SampleRun.entries(1, ENTRIES, 8, 0);
        for (int group : new int[] {1, 10, 1, 10}) {
            Micros micros = append(run.resolve("cost.journal"), entries, group);
            System.out.printf(
                    Locale.ROOT,
                    "a durable entry, forced by %2d: median %.0f us, 99th percentile %.0f us%n",
                    group,
                    micros.median(),
                    micros.percentile99());
        }
    }

    /** Microseconds for an entry until the disk has it. */
    record Micros(double median, double percentile99) {}

    /** Appends entries to a new journal, some at a time, and deletes it. */
    static Micros append(Path file, List<Entry> entries, int group) throws IOException {
        Files.deleteIfExists(file);
        double[] micros = new double[ENTRIES / group];
        try (Journal journal = Journal.create(file)) {
            for (int i = 0; i < micros.length; i++) {
                Entry[] some = entries.subList(i * group, (i + 1) * group).toArray(Entry[]::new);
                long start = System.nanoTime();
                journal.append(some);
                journal.force();
                micros[i] = (System.nanoTime() - start) * 1e-3 / group;
            }
        }
        Files.delete(file);
        Arrays.sort(micros);
        return new Micros(micros[micros.length / 2], micros[micros.length * 99 / 100]);
    }
}

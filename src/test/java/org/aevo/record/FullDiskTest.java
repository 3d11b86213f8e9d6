package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that really is full: a small one in memory, which only the child process sees. */
@Timeout(60)
class FullDiskTest {
    @TempDir
    private Path dir;

    @Test
    void whatWasDurableSurvivesAFullDisk() throws Exception {
        Optional<SmallDisk.Outcome> ended = SmallDisk.run(dir, "512k", ChildJvm.command(Filler.class, dir.toString()));
        assumeTrue(ended.isPresent(), "no full disk was tried: mount is not permitted");
        String output = ended.get().said();
        assertEquals(0, ended.get().code(), output);
        assertEquals("sound", output.lines().reduce("", (a, b) -> b), output);
    }

    /** Fills the disk with a journal, then frees some of it and goes on. */
    static final class Filler {
        private Filler() {}

        public static void main(String[] args) throws Exception {
            Path place = Path.of(args[0], "run");
            Path ballast = Path.of(args[0], "ballast");
            Files.write(ballast, new byte[300_000]);
            List<Entry> entries = SampleRun.entries(1, 2000, 3, 0.05);
            int durable = 0;
            try (RunDirectory directory = RunDirectory.create(place)) {
                RunPaths paths = directory.paths();
                RunHistory small = SampleRun.history(entries.subList(0, 20));
                RunFile.write(paths.hdf5(), small, Optional.empty());
                byte[] old = Files.readAllBytes(paths.hdf5());

                Journal journal = Journal.create(paths.journal());
                RecordException full = null;
                while (full == null) {
                    journal.append(entries.subList(durable, durable + 5).toArray(Entry[]::new));
                    try {
                        journal.force();
                        durable += 5;
                    } catch (RecordException e) {
                        full = e;
                    }
                }
                check(full.getMessage().contains("No space left"), full.getMessage());
                check(full.getMessage().contains("--resume"), full.getMessage());
                check(full.getMessage().startsWith(paths.journal().toString()), full.getMessage());
                check(Files.size(paths.journal()) == journal.durableBytes(), "cut back to what is durable");
                journal.close();
                check(JournalTest.read(paths.journal()).equals(entries.subList(0, durable)), "entries");

                List<SnapshotWriter.Snapshot> told = new ArrayList<>();
                SnapshotWriter snapshots = new SnapshotWriter(paths, told::add);
                snapshots.finish(SampleRun.history(entries), Optional.empty());
                check(told.size() == 1 && told.get(0).failure().isPresent(), "the failed snapshot is told");
                check(java.util.Arrays.equals(old, Files.readAllBytes(paths.hdf5())), "the old run.h5 is there");
                check(Files.list(place).noneMatch(p -> p.toString().contains(".tmp-")), "no temporary file is left");
                System.out.println(full.getMessage());
                System.out.println(told.get(0).failure().get().getMessage());
            }
            Files.delete(ballast);
            try (RunDirectory directory = RunDirectory.open(place);
                    Journal journal = Journal.open(directory.paths().journal(), e -> {})) {
                journal.append(entries.get(durable));
                journal.force();
                check(
                        JournalTest.read(directory.paths().journal()).equals(entries.subList(0, durable + 1)),
                        "goes on with space again");
            }
            System.out.println("sound");
        }

        private static void check(boolean holds, String what) {
            if (!holds) {
                throw new AssertionError(what);
            }
        }
    }
}

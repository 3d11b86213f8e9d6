package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=512k tmpfs " + dir + " || exit 99; shift; exec \"$@\"",
                "sh",
                "--"));
        command.addAll(ChildJvm.command(Filler.class, dir.toString()));
        Optional<Process> started = start(command);
        String output = "";
        int exit = 99;
        if (started.isPresent()) {
            output = new String(started.get().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(true, started.get().waitFor(30, TimeUnit.SECONDS));
            exit = started.get().exitValue();
        }
        boolean mounted = exit != 99 && !output.startsWith("unshare:");
        if (!mounted) {
            System.err.println("SKIPPED: no full disk was tried; it needs unshare and user namespaces: " + output);
        }
        assumeTrue(mounted, "no full disk was tried: mount is not permitted");
        assertEquals(0, exit, output);
        assertEquals("sound", output.lines().reduce("", (a, b) -> b), output);
    }

    private static Optional<Process> start(List<String> command) {
        try {
            return Optional.of(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (java.io.IOException e) {
            return Optional.empty();
        }
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

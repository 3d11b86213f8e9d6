package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    private Path dir;

    @Test
    void aDirectoryThatHoldsARunIsRefusedUntouched() throws Exception {
        for (String name : List.of("run.journal", "run.h5", "input.yaml")) {
            Path place = Files.createDirectory(dir.resolve("with-" + name));
            Files.writeString(place.resolve(name), "x");
            RecordException e = assertThrows(RecordException.class, () -> RunDirectory.create(place));
            assertTrue(
                    e.getMessage().contains(place.toString()) && e.getMessage().contains("--resume"));
            assertTrue(e.getMessage().contains("-o"));
            try (Stream<Path> files = Files.list(place)) {
                assertEquals(1, files.count(), "nothing was written");
            }
        }
    }

    @Test
    void aMasterThatDiedBeforeItsRunBeganLeavesThePlaceVacant() throws Exception {
        for (int bytes = 0; bytes <= JournalFormat.HEADER_BYTES + 5; bytes++) {
            Path place = dir.resolve("died-" + bytes);
            try (RunDirectory first = RunDirectory.create(place);
                    Journal journal = Journal.create(first.paths().journal())) {
                journal.append(SampleRun.started(1));
            }
            byte[] whole = Files.readAllBytes(new RunPaths(place).journal());
            assertTrue(RunDirectory.holdsRun(place));
            Files.write(new RunPaths(place).journal(), Arrays.copyOf(whole, bytes));
            assertFalse(RunDirectory.holdsRun(place), bytes + " bytes");
            try (RunDirectory second = RunDirectory.create(place)) {
                Journal.create(second.paths().journal()).close();
            }
        }
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsRefused() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "x");
        assertThrows(RecordException.class, () -> RunDirectory.create(file));
        assertThrows(RecordException.class, () -> RunDirectory.create(file.resolve("below")));
        assertEquals("x", Files.readString(file));
    }

    @Test
    void onlyAPlaceWithAJournalCanBeOpened() {
        RecordException e = assertThrows(RecordException.class, () -> RunDirectory.open(dir));
        assertTrue(e.getMessage().contains("run.journal"), e.getMessage());
    }

    @Test
    void aSecondMasterInThisProcessIsRefused() throws Exception {
        try (RunDirectory first = RunDirectory.create(dir.resolve("run"))) {
            Journal.create(first.paths().journal()).close();
            RecordException e = assertThrows(
                    RecordException.class, () -> RunDirectory.open(first.paths().directory()));
            assertTrue(
                    e.getMessage().contains("process " + ProcessHandle.current().pid()), e.getMessage());
        }
        RunDirectory.open(dir.resolve("run")).close();
    }

    @Test
    @Timeout(30)
    void aSecondMasterInAnotherProcessIsRefusedUntilTheFirstIsKilled() throws Exception {
        Path place = dir.resolve("run");
        Process process = ChildJvm.start(Holder.class, place.toString());
        try (BufferedReader out = process.inputReader()) {
            assertEquals("locked", out.readLine());
            RecordException e = assertThrows(RecordException.class, () -> RunDirectory.open(place));
            assertTrue(e.getMessage().contains("process " + process.pid()), e.getMessage());
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
        RunDirectory.open(place).close();
    }

    /** Who works on what came of a run keeps others away from it, and is no master. */
    @Test
    @Timeout(30)
    void whoWorksAsideIsNotTakenForAMaster() throws Exception {
        Path place = dir.resolve("run");
        for (boolean aside : new boolean[] {false, true}) {
            Process process = ChildJvm.start(Holder.class, place.toString(), aside ? "aside" : "master");
            try (BufferedReader out = process.inputReader()) {
                assertEquals("locked", out.readLine());
                assertEquals(Optional.of(!aside), RunDirectory.isEvolving(place));
                assertThrows(RecordException.class, () -> RunDirectory.open(place));
                assertThrows(RecordException.class, () -> RunDirectory.openAside(place));
            } finally {
                process.destroyForcibly();
                process.waitFor();
            }
        }
        assertEquals(Optional.of(false), RunDirectory.isEvolving(place));
    }

    /** What was not there before goes, what was stays. */
    @Test
    void aRunThatNeverBeganLeavesThePlaceAsItWas() throws Exception {
        Path place = dir.resolve("a/b/run");
        RunDirectory.create(place).abandon();
        assertFalse(Files.exists(dir.resolve("a")));

        RunDirectory run = RunDirectory.create(place);
        Files.writeString(run.paths().journal(), "");
        Files.writeString(place.resolve("notes.txt"), "mine");
        run.abandon();
        try (Stream<Path> left = Files.list(place)) {
            assertEquals(List.of(place.resolve("notes.txt")), left.toList());
        }
        RunDirectory.create(place).close();
        RunDirectory.create(place).abandon();
        assertTrue(Files.exists(place.resolve("run.lock")) && Files.exists(place.resolve("best")));
    }

    @Test
    void anInputThatCannotBeReplacedStaysAsItIs() throws Exception {
        try (RunDirectory run = RunDirectory.create(dir.resolve("run"))) {
            run.writeInput("first");
            assertEquals("first", Files.readString(run.paths().input()));
            // in the way of the temporary file, as a full disk would be
            Path blocked = run.paths()
                    .directory()
                    .resolve("input.yaml.tmp-" + ProcessHandle.current().pid());
            Files.createDirectories(blocked.resolve("x"));
            assertThrows(RecordException.class, () -> run.writeInput("second"));
            assertEquals("first", Files.readString(run.paths().input()));
        }
    }

    @Test
    void readingTheJournalKeepsTheLock() throws Exception {
        try (RunDirectory first = RunDirectory.create(dir.resolve("run"));
                Journal journal = Journal.create(first.paths().journal())) {
            journal.append(SampleRun.started(1));
            journal.force();
            RunHistory.read(first.paths().journal());
            Process process =
                    ChildJvm.start(Holder.class, first.paths().directory().toString());
            try (BufferedReader out = process.inputReader()) {
                assertEquals("refused", out.readLine());
            }
            process.waitFor();
        }
    }

    @Test
    void whatACrashLeftIsCleanedWhenOpened() throws Exception {
        Path place = dir.resolve("run");
        try (RunDirectory run = RunDirectory.create(place)) {
            Journal.create(run.paths().journal()).close();
            Files.writeString(place.resolve("run.h5.tmp-123"), "half");
            Files.writeString(run.paths().best().resolve("weights-7.h5.tmp-123"), "half");
            Files.writeString(place.resolve("notes.txt"), "mine");
        }
        RunDirectory.open(place).close();
        assertFalse(Files.exists(place.resolve("run.h5.tmp-123")));
        assertFalse(Files.exists(place.resolve("best").resolve("weights-7.h5.tmp-123")));
        assertTrue(Files.exists(place.resolve("notes.txt")));
    }

    /** Takes the lock and keeps it until killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            Path place = Path.of(args[0]);
            try (RunDirectory run = args.length > 1 && args[1].equals("aside")
                    ? RunDirectory.openAside(place)
                    : RunDirectory.holdsRun(place) ? RunDirectory.open(place) : RunDirectory.create(place)) {
                if (!Files.exists(run.paths().journal())) {
                    Journal.create(run.paths().journal()).close();
                }
                System.out.println("locked");
                System.in.read();
            } catch (RecordException e) {
                System.out.println("refused");
            }
        }
    }
}

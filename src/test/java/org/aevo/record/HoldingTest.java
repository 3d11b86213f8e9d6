package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldingTest {
    private static final List<Entry> ENTRIES = SampleRun.entries(1, 6, 2, 0);

    @TempDir
    private Path dir;

    private Path place;
    private RunPaths paths;

    /** Something done to a run behind its master's back. */
    private interface Accident {
        void happen() throws IOException;
    }

    @BeforeEach
    void paths() {
        place = dir.resolve("run");
        paths = new RunPaths(place);
    }

    @Test
    void nothingIsMissedWhileAllIsThere() throws IOException {
        try (RunDirectory run = RunDirectory.create(place);
                Journal journal = Journal.create(paths.journal(), run.holding())) {
            journal.append(ENTRIES.get(0));
            journal.force();
            // files come and go beside it
            Files.writeString(place.resolve("notes"), "mine");
            assertDoesNotThrow(journal::check);
        }
    }

    @Test
    void noAccidentIsOverlooked() throws IOException {
        lost("run.lock: was deleted", () -> Files.delete(paths.lock()));
        lost("run.lock: is not what", () -> {
            Files.delete(paths.lock());
            Files.writeString(paths.lock(), "process 1");
        });
        lost("run.journal: was deleted", () -> Files.delete(paths.journal()));
        lost("run.journal: is not what", () -> {
            Path copy = Files.copy(paths.journal(), place.resolve("copy"));
            Files.delete(paths.journal());
            Files.move(copy, paths.journal());
        });
        lost("run: was deleted or renamed", () -> Files.move(place, dir.resolve("elsewhere")));
        lost("run: is not what", () -> {
            Files.move(place, dir.resolve("elsewhere"));
            Files.createDirectory(place);
        });
    }

    /** Nothing is written any more: not the journal, not a snapshot, not the best weights, not the input. */
    private void lost(String said, Accident accident) throws IOException {
        try (RunDirectory run = RunDirectory.create(place)) {
            Journal journal = Journal.create(paths.journal(), run.holding());
            journal.append(ENTRIES.get(0));
            journal.force();
            accident.happen();
            journal.append(ENTRIES.get(1));
            LostRunException e = assertThrows(LostRunException.class, journal::force);
            assertTrue(e.getMessage().contains(said), e.getMessage());
            assertTrue(e.getMessage().contains("nothing more is written"), e.getMessage());
            assertThrows(RecordException.class, journal::force, "for good");
            List<SnapshotWriter.Snapshot> told = new ArrayList<>();
            new SnapshotWriter(paths, run.holding(), told::add).finish(SampleRun.history(ENTRIES), Optional.empty());
            assertTrue(told.get(0).failure().orElseThrow() instanceof LostRunException);
            assertThrows(
                    LostRunException.class, () -> new BestWeights(paths, run.holding()).removeOthers(0, "a genome"));
            assertThrows(LostRunException.class, () -> run.writeInput("seed: 1\n"));
            assertThrows(LostRunException.class, run::abandon);
            journal.close();
        }
        for (Path each : List.of(place, dir.resolve("elsewhere"))) {
            RunPaths left = new RunPaths(each);
            assertFalse(Files.exists(left.hdf5()) || Files.exists(left.input()) || Files.exists(left.bestGenome()));
            if (Files.exists(left.journal())) {
                assertEquals(ENTRIES.subList(0, 1), JournalTest.read(left.journal()));
            }
            DurableFiles.deleteTree(each);
        }
    }

    /** The journal is locked too: a second writer whose lock file is a new one waits, and does not cut what is written. */
    @Test
    void aSecondWriterIsRefused() throws IOException {
        byte[] before;
        try (RunDirectory run = RunDirectory.create(place);
                Journal journal = Journal.create(paths.journal(), run.holding())) {
            journal.append(ENTRIES.get(0), ENTRIES.get(1));
            journal.force();
            Files.delete(paths.lock());
            before = Files.readAllBytes(paths.journal());
            RecordException e = assertThrows(RecordException.class, () -> RunDirectory.openAside(place));
            assertTrue(e.getMessage().contains("another aevo writes to it"), e.getMessage());
        }
        assertArrayEquals(before, Files.readAllBytes(paths.journal()));
        RunDirectory.openAside(place).close();
    }
}

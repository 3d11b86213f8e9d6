package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDraftTest {
    @TempDir
    Path dir;

    @Test
    void aDraftTakesThePlaceOfTheOldFolderAndKeepsItsOtherFiles() throws Exception {
        Path best = Files.createDirectory(dir.resolve("best"));
        Files.writeString(best.resolve("genome.txt"), "of the run");
        Files.writeString(best.resolve("weights-7.h5"), "weights");
        Files.writeString(best.resolve("model.zip"), "old");
        Files.writeString(best.resolve("reconstructions.png"), "old");
        Path mine = Files.createDirectory(best.resolve("mine"));
        Files.writeString(mine.resolve("notes.txt"), "of the user");
        assertTrue(mine.resolve("notes.txt").toFile().setReadOnly());
        try (FolderDraft draft = FolderDraft.of(best)) {
            Files.writeString(draft.folder().resolve("model.zip"), "new");
            assertEquals("old", Files.readString(best.resolve("model.zip")));
            draft.publish(Set.of("model.zip", "reconstructions.png"));
        }
        assertEquals(List.of("best"), names(dir));
        assertEquals(List.of("genome.txt", "mine", "model.zip", "weights-7.h5"), names(best));
        assertEquals("of the user", Files.readString(mine.resolve("notes.txt")));
        assertEquals("new", Files.readString(best.resolve("model.zip")));
        assertEquals("of the run", Files.readString(best.resolve("genome.txt")));
    }

    @Test
    void aNewFolderAppearsWhole() throws Exception {
        Path target = dir.resolve("candidate-3");
        try (FolderDraft draft = FolderDraft.of(target)) {
            Files.writeString(draft.folder().resolve("model.zip"), "new");
            assertFalse(Files.exists(target));
            draft.publish(Set.of());
        }
        assertEquals(List.of("candidate-3"), names(dir));
    }

    @Test
    void whatIsNotPublishedIsGone() throws Exception {
        Path best = Files.createDirectory(dir.resolve("best"));
        Files.writeString(best.resolve("model.zip"), "old");
        FolderDraft draft = FolderDraft.of(best);
        Files.writeString(draft.folder().resolve("model.zip"), "new");
        draft.close();
        draft.close();
        assertEquals(List.of("best"), names(dir));
        assertEquals("old", Files.readString(best.resolve("model.zip")));
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() throws Exception {
        Path best = dir.resolve("best");
        try (FolderDraft draft = FolderDraft.of(best)) {
            RecordException e = assertThrows(
                    RecordException.class,
                    () -> draft.write("model.zip", file -> {
                        throw new IOException("No space left on device");
                    }));
            assertTrue(e.getMessage().startsWith(best.resolve("model.zip") + ": cannot be written"), e.getMessage());
            assertTrue(e.getMessage().contains("free space on that disk"), e.getMessage());
            // a file that is itself written beside its place
            Files.createDirectories(draft.folder().resolve("metrics.json/in the way"));
            RecordException of = assertThrows(
                    RecordException.class, () -> draft.write("metrics.json", file -> DurableFiles.replace(file, "{}")));
            assertTrue(of.getMessage().startsWith(best.resolve("metrics.json") + ": cannot be"), of.getMessage());
        }
        RecordException e =
                assertThrows(RecordException.class, () -> FolderDraft.check(dir.resolve("none/candidate-3")));
        assertTrue(e.getMessage().startsWith(dir.resolve("none/candidate-3") + ": cannot be written"), e.getMessage());
        FolderDraft.check(best);
        assertEquals(List.of(), names(dir));
    }

    /** A crash leaves a draft, or comes between the two names; the next that opens the run puts it right. */
    @Test
    void aCrashIsMendedWhenTheRunIsOpened() throws Exception {
        Path best = dir.resolve("best");
        RunDirectory.create(dir).close();
        Files.writeString(dir.resolve("run.journal"), "");
        Files.writeString(best.resolve("model.zip"), "old");
        Files.move(best, dir.resolve("best.old-4711"));
        Files.createDirectory(dir.resolve("best.tmp-4711"));
        Files.writeString(dir.resolve("best.tmp-4711/model.zip"), "half");
        Files.createDirectory(dir.resolve("candidate-3.old-4711"));
        Files.writeString(dir.resolve("candidate-3.old-4711/model.zip"), "of 3");
        RunDirectory.open(dir).close();
        assertEquals("old", Files.readString(best.resolve("model.zip")));
        assertFalse(Files.exists(dir.resolve("best.tmp-4711")));
        assertEquals("of 3", Files.readString(dir.resolve("candidate-3/model.zip")));

        Files.createDirectory(dir.resolve("best.old-4712"));
        Files.writeString(dir.resolve("best.old-4712/model.zip"), "older");
        RunDirectory.open(dir).close();
        assertEquals("old", Files.readString(best.resolve("model.zip")));
        assertTrue(
                names(dir).stream().noneMatch(name -> name.contains("old-")),
                names(dir).toString());
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}

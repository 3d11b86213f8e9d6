package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        try (FolderDraft draft = FolderDraft.of(best)) {
            Files.writeString(draft.folder().resolve("model.zip"), "new");
            assertEquals("old", Files.readString(best.resolve("model.zip")));
            draft.publish(Set.of("model.zip", "reconstructions.png"));
        }
        assertEquals(List.of("best"), names(dir));
        assertEquals(List.of("genome.txt", "model.zip", "weights-7.h5"), names(best));
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
        RunDirectory.open(dir).close();
        assertEquals("old", Files.readString(best.resolve("model.zip")));
        assertFalse(Files.exists(dir.resolve("best.tmp-4711")));

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

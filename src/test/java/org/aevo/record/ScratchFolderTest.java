package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
    @TempDir
    private Path dir;

    private Path none;
    private Path full;
    private Path good;

    @BeforeEach
    void places() throws IOException {
        none = dir.resolve("none");
        full = Files.createDirectory(dir.resolve("full"));
        good = Files.createDirectory(dir.resolve("good"));
    }

    private static String work(Path folder) throws IOException {
        Files.writeString(folder.resolve("half"), "half a file");
        if (folder.getParent().endsWith("full")) {
            throw RecordException.of(folder, "be written", new IOException("No space left on device"));
        }
        return folder.getParent().getFileName().toString();
    }

    @Test
    void theFirstPlaceWithRoomIsTakenAndNothingIsLeft() throws Exception {
        assertEquals("good", ScratchFolder.use(List.of(none, full, good), ScratchFolderTest::work));
        for (Path place : List.of(full, good)) {
            try (Stream<Path> left = Files.list(place)) {
                assertEquals(0, left.count());
            }
        }
    }

    @Test
    void whereNoneHasRoomTheFirstIsNamed() {
        String message = assertThrows(
                        IOException.class, () -> ScratchFolder.use(List.of(none, full), ScratchFolderTest::work))
                .getMessage();
        assertTrue(message.contains(none.toString()), message);
    }

    /** What is wrong with the work itself is wrong in every folder. */
    @Test
    void damageIsNotTriedAgainElsewhere() {
        List<Path> tried = new ArrayList<>();
        RecordException damage = new RecordException("damaged");
        assertSame(
                damage,
                assertThrows(
                        RecordException.class,
                        () -> ScratchFolder.use(List.of(full, good), folder -> {
                            tried.add(folder);
                            throw damage;
                        })));
        assertEquals(1, tried.size());
    }
}

package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativesFolderTest {
    /** Lines as the kernel writes them: the last mount of a place counts, and that of the longest path. */
    private static final List<String> MOUNTS = List.of(
            "22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw",
            "28 22 0:24 / /home rw,nosuid,noexec,relatime shared:5 - nfs4 server:/home rw",
            "29 28 0:25 / /home/anna\\040b rw,relatime - tmpfs tmpfs rw",
            "30 22 0:26 / /tmp rw - tmpfs tmpfs rw",
            "31 30 0:27 / /tmp rw,noexec - tmpfs tmpfs rw,size=4k");

    @ParameterizedTest
    @CsvSource({
        "/, false",
        "/homes/x, false",
        "/home, true",
        "/home/anna, true",
        "/home/anna b/.javacpp/cache, false",
        "/tmp/aevo-0, true"
    })
    void fileSystemsFromWhichNothingRuns(String folder, boolean expected) {
        assertEquals(expected, NativesFolder.isNotExecutable(Path.of(folder), MOUNTS));
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed(@TempDir Path folder) {
        String problem = NativesFolder.problem(() -> folder.resolve("none").toFile());
        assertTrue(problem.contains("they cannot be unpacked: " + folder.resolve("none")), problem);
    }
}

package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
    @TempDir
    Path folder;

    @Test
    void linesAreAddedWithTheirTime() throws Exception {
        Path file = folder.resolve("run.log");
        for (String line : List.of("one", "two")) {
            try (RunLog log = new RunLog(file)) {
                log.record(line);
            }
        }
        List<String> lines = Files.readAllLines(file);
        assertEquals(2, lines.size());
        assertTrue(lines.get(1).matches("\\d{4}-\\d\\d-\\d\\dT.*Z two"), lines.get(1));
    }

    @Test
    void aLogThatCannotBeWrittenStopsNobody() throws Exception {
        Path file = Files.createDirectory(folder.resolve("run.log"));
        try (RunLog log = new RunLog(file)) {
            log.line("lost");
        }
        assertTrue(Files.isDirectory(file));
    }
}

package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.aevo.record.Outside;
import org.aevo.record.RunPaths;
import org.aevo.record.WrittenRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the torture holds files against says the same of a run of teams. */
class RunCheckTest {
    @TempDir
    private Path dir;

    @Test
    void aRunOfTeamsIsWhatItsJournalSays() throws Exception {
        RunPaths paths = new RunPaths(dir.resolve("run"));
        WrittenRun.teams(paths.directory(), 3, 80, 7, 3, 0.3);
        Path entries = dir.resolve("entries.json");
        EntryDump.write(paths.journal(), entries);
        try (InputStream in = RunCheckTest.class.getResourceAsStream("check_run.py")) {
            String script =
                    new String(Objects.requireNonNull(in, "check_run.py").readAllBytes(), StandardCharsets.UTF_8);
            String said =
                    Outside.python(script, entries.toString(), paths.hdf5().toString());
            assertTrue(said.contains("values are equal"), said);
        }
    }
}

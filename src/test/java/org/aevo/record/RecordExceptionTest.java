package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a disk refuses is said with the way out. The texts on the left are the C library's. */
class RecordExceptionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "No space left on device > free space on that disk, then continue with --resume",
                "Disk quota exceeded > free space on that disk, then continue with --resume",
                "File too large > raise the limit on the size of files (ulimit -f), then continue with --resume",
                "Input/output error > see what the system's log says of that disk, then continue with --resume",
                "Read-only file system > make it writable, then continue with --resume"
            })
    void eachHasItsMend(String reason, String mend) {
        Path file = Path.of("run", "run.journal");
        assertEquals(
                "run/run.journal: cannot be written: IOException: " + reason + "; " + mend,
                RecordException.of(file, "be written", new IOException(reason)).getMessage());
        assertEquals(
                "run/run.journal: cannot be written: " + reason + "; " + mend,
                RecordException.of(file, "be written", new FileSystemException("run/run.journal", null, reason))
                        .getMessage());
    }

    @Test
    void whatALibraryWrapsIsSaid() {
        Exception wrapped = new IllegalStateException("Exception writing", new IOException("No space left on device"));
        assertEquals(
                "run.h5: cannot be written: IOException: No space left on device; free space on that disk, then continue"
                        + " with --resume",
                RecordException.of(Path.of("run.h5"), "be written", wrapped).getMessage());
    }

    @Test
    void aDirectoryOfSomebodyElseHasItsToo() {
        assertEquals(
                "run: cannot be created: AccessDeniedException: run; make it writable, then continue with --resume",
                RecordException.of(Path.of("run"), "be created", new AccessDeniedException("run"))
                        .getMessage());
    }

    @Test
    void whereThereIsNoRunToGoOnWithItSaysWhatToDo() {
        IOException full = new IOException("No space left on device");
        RecordException e = RecordException.of(Path.of("best.tmp-1", "model.h5"), "be written", full);
        assertEquals(
                "best/model.h5: cannot be written: IOException: No space left on device; free space on that disk, then"
                        + " train again",
                e.renamed(Path.of("best.tmp-1"), Path.of("best"))
                        .then("train again")
                        .getMessage());
        assertEquals(
                "a: damaged",
                new RecordException("a: damaged").then("train again").getMessage());
    }
}

package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.aevo.record.WrittenRun;
import org.aevo.search.EvaluationStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where runs are looked for, what a report may overwrite, and what is said when it cannot be. */
class ReportCommandTest {
    @TempDir
    Path folder;

    /** What it said and how it ended. */
    private record Said(int code, String errors) {}

    private Said report(Path... arguments) {
        String[] line = Stream.concat(Stream.of("report"), Stream.of(arguments).map(Path::toString))
                .toArray(String[]::new);
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
            return new Said(Main.execute(line), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static Path at(String option) {
        return Path.of(option);
    }

    private void refused(String reason, Path... arguments) {
        Said said = report(arguments);
        assertEquals(ExitCode.USAGE, said.code(), said.errors());
        assertTrue(said.errors().contains(reason), said.errors());
        assertEquals(1, said.errors().lines().count(), said.errors());
    }

    private Path run(String name) throws IOException {
        Path directory = folder.resolve(name);
        WrittenRun.sample(directory, name.hashCode(), 30, 2, 0);
        return directory;
    }

    @Test
    void whatIsNoRunIsRefusedAndNothingIsWritten() throws Exception {
        Path out = folder.resolve("out");
        Path text = Files.writeString(folder.resolve("text"), "no HDF5");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path foreign = folder.resolve("foreign.h5");
        Path newer = folder.resolve("newer.h5");
        try (WritableHdfFile file = HdfFile.write(foreign)) {
            file.putDataset("x", new double[] {1});
        }
        try (WritableHdfFile file = HdfFile.write(newer)) {
            file.putAttribute("schema", "aevo-run");
            file.putAttribute("schema_version", 99);
        }
        refused("no such directory", folder.resolve("nowhere"), at("-o"), out);
        refused("no run here", empty, at("-o"), out);
        refused("cannot be read as a run", text, at("-o"), out);
        refused("not of a run of aevo", foreign, at("-o"), out);
        refused("use a newer aevo", newer, at("-o"), out);
        assertFalse(Files.exists(out));
    }

    @Test
    void filesOfOthersAreNeitherOverwrittenNorDeleted() throws Exception {
        Path run = run("run");
        refused("holds other files", run, at("-o"), run);
        refused("is a file", run, at("-o"), run.resolve("run.h5"));
        assertEquals(1, Files.list(run).count());
        Path out = folder.resolve("deep/out");
        assertEquals(ExitCode.DONE, report(run, at("-o"), out).code());
        Files.writeString(out.resolve("tables/mine.csv"), "mine");
        assertEquals(ExitCode.DONE, report(run.resolve("run.h5"), at("-o"), out).code());
        assertEquals("mine", Files.readString(out.resolve("tables/mine.csv")));
    }

    @Test
    void aDirectoryOfRunsIsReadAndADamagedOneIsNamed() throws Exception {
        run("runs/sync-2w-r1");
        run("runs/async-16w-r1");
        run("runs/async-2w-r1");
        Files.createDirectory(folder.resolve("runs/notes"));
        Files.createDirectories(folder.resolve("runs/broken"));
        Files.writeString(folder.resolve("runs/broken/run.h5"), "nothing");
        Path out = folder.resolve("out");
        // the same run again is no other run
        Said said = report(folder.resolve("runs"), folder.resolve("runs/sync-2w-r1"), at("-o"), out);
        assertEquals(ExitCode.DONE, said.code(), said.errors());
        assertTrue(said.errors().contains("LEFT OUT: " + folder.resolve("runs/broken/run.h5")), said.errors());
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(page.contains("3 runs of größe"), page.substring(0, 500));
        assertTrue(page.indexOf("async-2w-r1</h2>") < page.indexOf("async-16w-r1</h2>"));
    }

    @Test
    void whyThereIsNoBestIsSaid() throws Exception {
        Path run = folder.resolve("failed");
        HandMadeRun.started(1)
                .joined(0, 1, 1)
                .asked(0, 0, 2)
                .arrived(0, 1, 0, 3, 1, Double.NaN, EvaluationStatus.DIVERGED, "diverged in epoch 2")
                .ended(4)
                .write(run);
        assertEquals(ExitCode.DONE, Main.execute("recover", run.toString()));
        Path out = folder.resolve("out");
        assertEquals(ExitCode.DONE, report(run, at("-o"), out).code());
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(page.contains("There is no best network: of 1 evaluation none has a fitness; how they ended"), page);
        assertTrue(page.contains("1 of 1 evaluation ended other than well"), page);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws Exception {
        Path run = run("run");
        Said said = report(run, at("-o"), Path.of("/proc/aevo/out"));
        assertEquals(ExitCode.FAILED, said.code());
        assertTrue(said.errors().contains("/proc/aevo"), said.errors());
        assertTrue(said.errors().contains("cannot be written"), said.errors());
    }
}

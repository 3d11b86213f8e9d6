package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.aevo.record.OldRuns;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs of 0.5.0 read as that program read them, and go on. */
@Timeout(240)
class OldRunsTest {
    @TempDir
    Path folder;

    static List<String> names() {
        return OldRuns.NAMES;
    }

    /** All that was said is said still, though there may be more of it. */
    @ParameterizedTest
    @MethodSource("names")
    void showSaysTheSame(String name) throws IOException {
        Path run = copy(name);
        Said json = Said.by("show", "--json", run.toString());
        assertEquals(ExitCode.DONE, json.code(), json.all());
        List<String> said = lines(json.out());
        for (String line : lines(Files.readString(run.resolve("show.json")))) {
            // less counts as waiting at the barrier than did: the way of a candidate to its worker is no part of it
            boolean other = line.startsWith("\"directory\"") || line.startsWith("\"barrier\"");
            assertTrue(other || said.contains(line), line + " is missing in " + json.out());
        }
        Said csv = Said.by("show", "--csv", run.toString());
        assertEquals(ExitCode.DONE, csv.code(), csv.all());
        List<String> before = Files.readAllLines(run.resolve("show.csv"));
        List<String> now = csv.out().lines().toList();
        assertEquals(before.size(), now.size());
        List<String> columns = Arrays.asList(now.get(0).split(",", -1));
        // cells of this search hold no commas but in the genome, which is the last but two
        String[] names = before.get(0).split(",", -1);
        for (int i = 0; i < 20; i++) {
            int column = columns.indexOf(names[i]);
            assertTrue(column >= 0, names[i]);
            for (int row = 1; row < before.size(); row++) {
                assertEquals(
                        before.get(row).split(",", -1)[i],
                        now.get(row).split(",", -1)[column],
                        names[i] + ", row " + row);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void verifyRecoverAndReportWork(String name) throws IOException {
        Path run = copy(name);
        byte[] journal = Files.readAllBytes(run.resolve("run.journal"));
        Said verified = Said.by("verify", run.toString());
        assertEquals(ExitCode.DONE, verified.code(), verified.all());
        assertTrue(
                verified.out().endsWith(": verified: 30 candidates and 30 evaluations reproduced\n"), verified.out());
        Said recovered = Said.by("recover", run.toString());
        assertEquals(ExitCode.DONE, recovered.code(), recovered.all());
        Path page = folder.resolve("page");
        Said shown = Said.by("show", run.toString(), "--id", "0");
        assertTrue(shown.out().contains("whether it left was not recorded"), shown.all());
        Said reported = Said.by("report", run.toString(), "-o", page.toString());
        assertEquals(ExitCode.DONE, reported.code(), reported.all());
        assertArrayEquals(journal, Files.readAllBytes(run.resolve("run.journal")));
    }

    /** With seals from there on; what was there stays byte by byte. */
    @Test
    void aRunGoesOn() throws Exception {
        Path run = copy("resumed");
        byte[] before = Files.readAllBytes(run.resolve("run.journal"));
        AevoProcess.Result resumed =
                AevoProcess.run(folder, "run", "--resume", run.toString(), "--evaluations", "34", "--workers", "1");
        assertEquals(ExitCode.DONE, resumed.code(), resumed.err());
        byte[] after = Files.readAllBytes(run.resolve("run.journal"));
        assertArrayEquals(before, Arrays.copyOf(after, before.length));
        assertEquals(34, RunHistory.read(new RunPaths(run).journal()).evaluated());
        Said verified = Said.by("verify", run.toString());
        assertEquals(ExitCode.DONE, verified.code(), verified.all());
    }

    private static List<String> lines(String json) {
        return json.lines().map(line -> line.strip().replaceFirst(",$", "")).toList();
    }

    private Path copy(String name) throws IOException {
        Path from = OldRuns.directory(name);
        Path to = folder.resolve(name);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }
}

package org.aevo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    @TempDir
    Path folder;

    private static Report report(String... names) {
        List<Section.Block> blocks = Stream.of(names)
                .<Section.Block>flatMap(name -> Stream.of(
                        new Figure(name, "", 10, 10, (g, w, h) -> g.fill(new Rectangle(1, 1, 5, 5))),
                        new DataTable(name, "", List.of("a"), List.of(List.of(1)))))
                .toList();
        return new Report("t", "l", "aevo", List.of(new Section("s", "S", blocks)));
    }

    private void write(Path directory, Report report) throws IOException {
        ReportFiles.into(directory).write(report, name -> {});
    }

    private List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aReportTakesThePlaceOfTheFormerAndOfNothingElse() throws IOException {
        Path out = folder.resolve("a/b");
        write(out, report("one", "two"));
        Files.writeString(out.resolve("figures/mine.svg"), "mine");
        Files.writeString(out.resolve("notes.txt"), "mine");
        write(out, report("two", "three"));
        assertEquals(
                List.of(
                        "figures/mine.svg",
                        "figures/three.png",
                        "figures/three.svg",
                        "figures/two.png",
                        "figures/two.svg",
                        "files.txt",
                        "notes.txt",
                        "report.html",
                        "tables/three.csv",
                        "tables/two.csv"),
                files(out));
        IOException taken = assertThrows(ReportFiles.OccupiedException.class, () -> write(out, report("mine")));
        assertTrue(taken.getMessage().contains("figures/mine.svg"), taken.getMessage());
        assertEquals("mine", Files.readString(out.resolve("figures/mine.svg")));
    }

    @Test
    void aDirectoryOfOthersIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("x"), "mine");
        assertThrows(ReportFiles.OccupiedException.class, () -> ReportFiles.into(folder));
        assertThrows(ReportFiles.OccupiedException.class, () -> ReportFiles.into(folder.resolve("x")));
        Files.writeString(folder.resolve("files.txt"), "my list of files\n");
        assertThrows(ReportFiles.OccupiedException.class, () -> ReportFiles.into(folder));
        write(Files.createDirectory(folder.resolve("empty")), report("one"));
    }

    @Test
    void aListThatLiesDeletesNothingOutside() throws IOException {
        Path out = folder.resolve("out");
        write(out, report("one"));
        Files.writeString(folder.resolve("precious.csv"), "mine");
        Files.writeString(
                out.resolve("files.txt"),
                Files.readString(out.resolve("files.txt")) + "../precious.csv\n" + folder.resolve("precious.csv")
                        + "\n");
        write(out, report("two"));
        assertTrue(Files.exists(folder.resolve("precious.csv")));
        assertFalse(Files.exists(out.resolve("tables/one.csv")));
    }

    private static Report broken() {
        return new Report(
                "t",
                "l",
                "aevo",
                List.of(new Section(
                        "s",
                        "S",
                        List.of(
                                new DataTable("first", "", List.of("a"), List.of()),
                                new Figure("bad", "", 10, 10, (g, w, h) -> {
                                    throw new IllegalStateException("cannot be drawn");
                                })))));
    }

    @Test
    void aReportThatCannotBeFinishedLeavesWhatWasThere() throws IOException {
        Path out = folder.resolve("a/out");
        assertThrows(IllegalStateException.class, () -> write(out, broken()));
        assertFalse(Files.exists(folder.resolve("a")));
        write(out, report("one"));
        List<String> before = files(out);
        String page = Files.readString(out.resolve("report.html"));
        assertThrows(IllegalStateException.class, () -> write(out, broken()));
        assertEquals(before, files(out));
        assertEquals(page, Files.readString(out.resolve("report.html")));
    }

    /** Of one that was killed, before and while it put its files in their places. */
    @Test
    void aReportThatWasNotFinishedIsWrittenAnew() throws IOException {
        Path out = folder.resolve("out");
        Path draft = Files.createDirectories(out.resolve(ReportDraft.PREFIX + "4711-ab/figures"));
        Path lock = Files.createFile(out.resolve(ReportDraft.PREFIX + "4711-ab.lock"));
        Files.writeString(draft.resolve("old.svg"), "half");
        write(out, report("one"));
        assertFalse(Files.exists(lock) || Files.exists(draft));
        Files.createDirectories(draft);
        Files.createFile(lock);
        Files.delete(out.resolve("report.html"));
        write(out, report("two"));
        assertEquals(
                List.of("figures/two.png", "figures/two.svg", "files.txt", "report.html", "tables/two.csv"),
                files(out));
        assertFalse(Files.exists(draft));
    }

    /** Whatever number the other process has on its host. */
    @Test
    void theDraftOfAnotherReportIsLeftAlone() throws IOException {
        Path out = folder.resolve("out");
        try (ReportDraft other = ReportDraft.in(out)) {
            other.with(() -> Files.writeString(other.folder().resolve("half.svg"), "half"));
            write(out, report("one"));
            // of a program without locks it is not known whose it is
            Path old = Files.createDirectories(out.resolve(ReportDraft.PREFIX + "4711/figures"));
            assertThrows(IllegalStateException.class, () -> write(out, broken()));
            assertEquals("half", Files.readString(other.folder().resolve("half.svg")));
            assertTrue(Files.exists(old));
        }
        try (Stream<Path> left = Files.list(out)) {
            assertEquals(
                    List.of(ReportDraft.PREFIX + "4711"),
                    left.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith(ReportDraft.PREFIX))
                            .toList());
        }
    }

    @Test
    void aReportThatIsEndedByASignalTakesItsDraftAway() throws Exception {
        ReportDraft draft = ReportDraft.in(folder.resolve("out"));
        draft.with(() -> Files.writeString(draft.folder().resolve("half.svg"), "half"));
        // what the hook does
        draft.close();
        assertThrows(
                IOException.class,
                () -> draft.with(() -> Files.writeString(draft.folder().resolve("x"), "x")));
        try (Stream<Path> left = Files.list(folder.resolve("out"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void namesAreUnique() {
        assertThrows(IllegalArgumentException.class, () -> report("one", "one"));
    }
}

package org.aevo.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.aevo.io.RegularFile;

/**
 * The directory of a report: {@value #PAGE}, {@code figures/} and {@code tables/}, and {@value #LIST}, which names the
 * files that are the report's, so that a later one may take their place and touches no other.
 */
public final class ReportFiles {
    public static final String PAGE = "report.html";
    static final String LIST = "files.txt";

    /** In a draft: the list of its files and of those of the report that it takes the place of. */
    private static final String BOTH = "both.txt";

    private static final String FIRST_LINE = "files of a report by aevo; 'aevo report' writes them anew";

    /** Of a list of files: reports have some hundreds. */
    private static final int MOST_BYTES = 16 << 20;

    private static final List<String> FOLDERS = List.of("figures", "tables");

    private final Path directory;

    private ReportFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * A directory to write into: a new one, an empty one, or that of a former report.
     *
     * @throws OccupiedException if there is anything else
     */
    public static ReportFiles into(Path directory) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new OccupiedException(directory + ": is a file, a report needs a directory");
        }
        ReportFiles files = new ReportFiles(directory);
        if (Files.isDirectory(directory) && !files.isReport() && !isEmpty(directory)) {
            throw new OccupiedException(directory + ": holds other files (no " + LIST + " of a former report); name a"
                    + " new or an empty directory");
        }
        return files;
    }

    /** There are files in the way that no report made. */
    public static final class OccupiedException extends IOException {
        private static final long serialVersionUID = 1;

        OccupiedException(String message) {
            super(message);
        }
    }

    /**
     * Writes a report as a whole, or nothing; deletes those files of a former report that this one has not.
     *
     * @param progress is told each file before it is made
     * @throws OccupiedException if a file of another stands where one of the report's belongs
     */
    public void write(Report report, Consumer<String> progress) throws IOException {
        Map<String, Supplier<byte[]>> files = new LinkedHashMap<>();
        report.tables().forEach(table -> files.put(csv(table), () -> utf8(CsvFile.of(table))));
        report.figures().forEach(figure -> {
            files.put(svg(figure), () -> utf8(SvgFile.of(figure)));
            files.put(png(figure), () -> PngFile.of(figure));
        });
        files.put(PAGE, () -> utf8(HtmlPage.of(report)));

        Set<String> former = former();
        for (String name : files.keySet()) {
            if (!former.contains(name) && Files.exists(directory.resolve(name))) {
                throw new OccupiedException(directory.resolve(name) + ": is no file of a former report; name another"
                        + " directory, or remove it");
            }
        }
        List<Path> made = Stream.iterate(directory.toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(folder -> !Files.exists(folder))
                .toList();
        try (ReportDraft draft = draft()) {
            for (String folder : FOLDERS) {
                draft.with(() -> attempt(draft.folder().resolve(folder), Files::createDirectories));
            }
            for (Map.Entry<String, Supplier<byte[]>> file : files.entrySet()) {
                progress.accept(file.getKey());
                byte[] content = file.getValue().get();
                draft.with(() -> write(draft.folder(), file.getKey(), content));
            }
            Set<String> all = new HashSet<>(former);
            all.addAll(files.keySet());
            draft.with(() -> {
                write(draft.folder(), BOTH, list(all));
                write(draft.folder(), LIST, list(files.keySet()));
                publish(draft.folder(), files.keySet(), former);
            });
        } catch (IOException | RuntimeException | Error e) {
            takeAway(made, e);
            throw e;
        }
    }

    private ReportDraft draft() throws IOException {
        ReportDraft[] draft = new ReportDraft[1];
        attempt(directory, path -> draft[0] = ReportDraft.in(path));
        return draft[0];
    }

    /** Only renames and deletes: what may fail for want of space is done. */
    private void publish(Path draft, Set<String> files, Set<String> former) throws IOException {
        for (String folder : FOLDERS) {
            attempt(directory.resolve(folder), Files::createDirectories);
        }
        // the list of both comes first: whatever a crash leaves is known as a report's
        move(draft.resolve(BOTH), LIST);
        // no page is better than one that does not fit the files beside it
        Files.deleteIfExists(directory.resolve(PAGE));
        for (String name : files) {
            move(draft.resolve(name), name);
        }
        for (String name : former) {
            if (!files.contains(name)) {
                Files.deleteIfExists(directory.resolve(name));
            }
        }
        move(draft.resolve(LIST), LIST);
    }

    private void move(Path from, String name) throws IOException {
        attempt(directory.resolve(name), to -> Files.move(from, to, StandardCopyOption.REPLACE_EXISTING));
    }

    /** The folders that were made for this one, if nothing of others is in them. */
    private static void takeAway(List<Path> made, Throwable failure) {
        try {
            for (Path folder : made) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    static String csv(DataTable table) {
        return "tables/" + table.name() + ".csv";
    }

    static String svg(Figure figure) {
        return "figures/" + figure.name() + ".svg";
    }

    static String png(Figure figure) {
        return "figures/" + figure.name() + ".png";
    }

    private static byte[] list(Set<String> names) {
        return utf8(Stream.concat(Stream.of(FIRST_LINE), names.stream().sorted())
                .map(line -> line + "\n")
                .collect(Collectors.joining()));
    }

    /** The message of a failure names the place where the file will be. */
    private void write(Path draft, String name, byte[] bytes) throws IOException {
        attempt(directory.resolve(name), path -> Files.write(draft.resolve(name), bytes));
    }

    private interface Writing {
        void to(Path path) throws IOException;
    }

    /** Says which place it was, and why, in one line. */
    private static void attempt(Path path, Writing writing) throws IOException {
        try {
            writing.to(path);
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new IOException(path + ": cannot be written: " + reason, e);
        } catch (IOException e) {
            throw new IOException(path + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private boolean isReport() throws IOException {
        Path list = directory.resolve(LIST);
        return Files.isRegularFile(list) && text(list).startsWith(FIRST_LINE + "\n");
    }

    private static String text(Path list) throws IOException {
        return new String(RegularFile.read(list, MOST_BYTES), StandardCharsets.UTF_8);
    }

    /** Names of the files of a former report; lines that can be none of them are passed over. */
    private Set<String> former() throws IOException {
        Set<String> names = new HashSet<>();
        if (isReport()) {
            text(directory.resolve(LIST))
                    .lines()
                    .filter(line -> line.equals(PAGE) || line.matches("(figures|tables)/[a-z0-9-]+\\.(svg|png|csv)"))
                    .forEach(names::add);
        }
        return names;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return StreamSupport.stream(entries.spliterator(), false)
                    .allMatch(entry -> entry.getFileName().toString().startsWith(ReportDraft.PREFIX));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

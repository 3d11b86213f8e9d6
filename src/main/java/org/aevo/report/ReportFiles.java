package org.aevo.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The directory of a report: {@value #PAGE}, {@code figures/} and {@code tables/}, and {@value #LIST}, which names the
 * files that are the report's, so that a later one may take their place and touches no other.
 */
public final class ReportFiles {
    public static final String PAGE = "report.html";
    static final String LIST = "files.txt";
    private static final String FIRST_LINE = "files of a report by aevo; 'aevo report' writes them anew";

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
     * Writes a report, the page last; deletes those files of a former report that this one has not.
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
        for (String folder : List.of("figures", "tables")) {
            attempt(directory.resolve(folder), Files::createDirectories);
        }
        // the list of both comes first: whatever is left of a report that was not finished is known as its own
        Set<String> all = new HashSet<>(former);
        all.addAll(files.keySet());
        writeList(all);
        // no page is better than one that does not fit the files beside it
        Files.deleteIfExists(directory.resolve(PAGE));
        for (Map.Entry<String, Supplier<byte[]>> file : files.entrySet()) {
            progress.accept(file.getKey());
            byte[] bytes = file.getValue().get();
            attempt(directory.resolve(file.getKey()), path -> Files.write(path, bytes));
        }
        for (String name : former) {
            if (!files.containsKey(name)) {
                Files.deleteIfExists(directory.resolve(name));
            }
        }
        writeList(files.keySet());
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

    private void writeList(Set<String> names) throws IOException {
        List<String> lines = new ArrayList<>(List.of(FIRST_LINE));
        names.stream().sorted().forEach(lines::add);
        attempt(directory.resolve(LIST), path -> Files.write(path, lines));
    }

    private interface Writing {
        void to(Path path) throws IOException;
    }

    /** Says which file it was, and why, in one line. */
    private static void attempt(Path path, Writing writing) throws IOException {
        try {
            writing.to(path);
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new IOException(e.getFile() + ": cannot be written: " + reason, e);
        } catch (IOException e) {
            throw new IOException(path + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private boolean isReport() throws IOException {
        Path list = directory.resolve(LIST);
        return Files.isRegularFile(list)
                && new String(Files.readAllBytes(list), StandardCharsets.UTF_8).startsWith(FIRST_LINE + "\n");
    }

    /** Names of the files of a former report; lines that can be none of them are passed over. */
    private Set<String> former() throws IOException {
        Set<String> names = new HashSet<>();
        if (isReport()) {
            Files.readAllLines(directory.resolve(LIST)).stream()
                    .filter(line -> line.equals(PAGE) || line.matches("(figures|tables)/[a-z0-9-]+\\.(svg|png|csv)"))
                    .forEach(names::add);
        }
        return names;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

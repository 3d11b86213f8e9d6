package org.aevo.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files that the kernel shows: read as far as they are there, for none of them has to be. */
final class KernelFiles {
    private static final int LONGEST = 200;

    private KernelFiles() {}

    /** All lines; none if the file cannot be read. */
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }

    static Optional<String> firstLine(Path file) {
        return lines(file).stream().findFirst().map(String::strip);
    }

    /** What follows {@code key:} in the first line that begins so. */
    static Optional<String> value(Path file, String key) {
        return lines(file).stream()
                .filter(line -> line.startsWith(key)
                        && line.substring(key.length()).strip().startsWith(":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    /** A number that a line begins with, in KiB or as it is; empty if there is none. */
    static Optional<Long> number(String text) {
        String digits = text.strip().split("\\s", 2)[0];
        try {
            return Optional.of(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A text for records and terminals: printable, and of bounded length. */
    static String plain(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?").strip();
        return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST);
    }
}

package org.aevo.report;

import java.util.List;
import java.util.regex.Pattern;
import org.aevo.io.Printable;

/** A table as CSV (RFC 4180, UTF-8): numbers in full precision, nothing for missing ones. */
public final class CsvFile {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private CsvFile() {}

    /** The text of a file. */
    public static String of(DataTable table) {
        StringBuilder text = new StringBuilder(line(table.header()));
        table.rows().forEach(row -> text.append(line(row)));
        return text.toString();
    }

    /** One line of a file, with its end. */
    public static String line(List<?> values) {
        return String.join(",", values.stream().map(CsvFile::field).toList()) + "\r\n";
    }

    /**
     * A text that no spreadsheet takes for a formula: what would begin one gets an apostrophe before it, unless it is a
     * number (OWASP, CSV Injection). Control characters become question marks.
     */
    private static String text(String text) {
        boolean formula = !text.isEmpty()
                && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        return (formula ? "'" : "") + Printable.text(text);
    }

    private static String field(Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return number.isNaN() ? "" : number > 0 ? "inf" : "-inf";
        }
        String field = value instanceof Number ? value.toString() : text(value.toString());
        boolean quoted = field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}

package org.aevo.report;

import java.util.List;

/** A table as CSV (RFC 4180, UTF-8): numbers in full precision, nothing for missing ones. */
public final class CsvFile {
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

    private static String field(Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return number.isNaN() ? "" : number > 0 ? "inf" : "-inf";
        }
        String field = value.toString();
        boolean quoted = field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}

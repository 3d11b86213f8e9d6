package org.aevo.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The numbers behind a figure or a statement: a CSV file, and if short also a table of the page.
 *
 * @param name unique in the report, of small letters, digits and hyphens: the name of its file
 * @param header names of the columns, with units where they have any: {@code wall_s}
 * @param rows of {@link String}, {@link Long}, {@link Integer}, {@link Double} (NaN for missing) or {@link Boolean}
 */
public record DataTable(String name, String caption, List<String> header, List<List<Object>> rows)
        implements Section.Block {
    public DataTable {
        if (!name.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException("name of a table must be small letters, digits, hyphens, was " + name);
        }
        header = List.copyOf(header);
        List<List<Object>> copy = new ArrayList<>();
        for (List<Object> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException(
                        name + ": a row of " + row.size() + " values under " + header.size() + " headings");
            }
            copy.add(List.copyOf(row));
        }
        rows = List.copyOf(copy);
    }
}

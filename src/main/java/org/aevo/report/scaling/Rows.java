package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.List;
import org.aevo.report.DataTable;
import org.aevo.stat.Spread;

/** A table being filled. */
final class Rows {
    private final String name;
    private final List<String> header;
    private final List<List<Object>> rows = new ArrayList<>();

    /**
     * @param header names of the columns, separated by spaces
     */
    Rows(String name, String header) {
        this.name = name;
        this.header = List.of(header.split(" +"));
    }

    /** A row; a {@link Spread} fills three columns: median, smallest, largest. */
    void add(Object... values) {
        List<Object> row = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof Spread spread) {
                row.addAll(List.of(spread.median(), spread.min(), spread.max()));
            } else {
                row.add(value);
            }
        }
        rows.add(row);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    DataTable table(String caption) {
        return new DataTable(name, caption, header, rows);
    }
}

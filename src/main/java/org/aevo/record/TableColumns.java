package org.aevo.record;

import java.lang.reflect.Array;
import java.util.Map;

/**
 * The columns of a small table as a file has them, which may be anybody's: a column that is missing, of another type or of
 * another length is named.
 */
record TableColumns(String name, int rows, Map<String, Object> columns) {

    /**
     * @throws IllegalArgumentException if there are no rows, or a column has other than so many
     */
    TableColumns(String name, long rows, Map<String, Object> columns) {
        this(name, (int) Math.max(0, Math.min(rows, Integer.MAX_VALUE)), Map.copyOf(columns));
        if (rows < 1) {
            throw new IllegalArgumentException("the table of " + name + " has " + rows + " rows");
        }
        columns.forEach((column, values) -> {
            if (!values.getClass().isArray() || Array.getLength(values) != rows) {
                throw new IllegalArgumentException(
                        "column " + column + " of the table of " + name + " has not its " + rows + " rows");
            }
        });
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    String text(String column, int row) {
        return get(column, String[].class)[row];
    }

    int whole(String column, int row) {
        return get(column, int[].class)[row];
    }

    double real(String column, int row) {
        return get(column, double[].class)[row];
    }

    private <T> T get(String column, Class<T> kind) {
        Object values = columns.get(column);
        if (!kind.isInstance(values)) {
            throw new IllegalArgumentException("the table of " + name + " has no column " + column + " of "
                    + kind.getComponentType().getSimpleName());
        }
        return kind.cast(values);
    }
}

package org.aevo.record;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One table of {@code run.h5} in memory: columns of one length, by the names that {@code docs/hdf5.md} lists. Arrays are
 * not copied: treat them as immutable.
 */
public final class RunTable {
    private final String name;
    private final int rows;
    private final Map<String, Object> columns;

    /**
     * @param columns {@code double[]}, {@code long[]} or {@code String[]} of {@code rows} values, by name
     */
    RunTable(String name, int rows, Map<String, Object> columns) {
        this.name = name;
        this.rows = rows;
        this.columns = Map.copyOf(columns);
    }

    public int rows() {
        return rows;
    }

    /** Names of the columns. */
    public Set<String> names() {
        return columns.keySet();
    }

    /** Whether there is such a column: an older program may not have written it. */
    public boolean has(String column) {
        return columns.containsKey(column);
    }

    /**
     * A column of floating-point numbers; NaN for missing ones.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public double[] doubles(String column) {
        return get(column, double[].class);
    }

    /**
     * A column of whole numbers, of 32 or 64 bits in the file; -1 for missing ids.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public long[] longs(String column) {
        return get(column, long[].class);
    }

    /**
     * A column of texts.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public String[] texts(String column) {
        return get(column, String[].class);
    }

    /** The rows whose whole number in a column is this one, in order. */
    public int[] rowsWhere(String column, long value) {
        long[] values = longs(column);
        return IntStream.range(0, rows).filter(row -> values[row] == value).toArray();
    }

    private <T> T get(String column, Class<T> kind) {
        Object values = columns.get(column);
        if (!kind.isInstance(values)) {
            throw new IllegalArgumentException("/" + name + " has no column " + column + " of "
                    + kind.getComponentType().getSimpleName() + "; it has "
                    + Arrays.toString(columns.keySet().stream().sorted().toArray()));
        }
        return kind.cast(values);
    }
}

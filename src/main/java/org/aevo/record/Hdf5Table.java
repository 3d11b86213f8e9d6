package org.aevo.record;

import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

/**
 * A group of columns of one length. HDF5 as written here knows no array of length zero: a table without rows has one
 * row of missing values, and its attribute {@code rows} says 0.
 */
final class Hdf5Table {
    private static final int MISSING = -1;

    private final WritableGroup group;
    private final int rows;

    Hdf5Table(WritableGroup parent, String name, String description, int rows) {
        this.group = parent.putGroup(name);
        this.rows = rows;
        group.putAttribute("description", description);
        group.putAttribute("rows", (long) rows);
    }

    WritableGroup group() {
        return group;
    }

    Hdf5Table i32(String name, String units, String description, IntUnaryOperator value) {
        int[] values = new int[Math.max(1, rows)];
        Arrays.setAll(values, row -> row < rows ? value.applyAsInt(row) : MISSING);
        return column(name, units, description, values);
    }

    Hdf5Table i64(String name, String units, String description, IntToLongFunction value) {
        long[] values = new long[Math.max(1, rows)];
        Arrays.setAll(values, row -> row < rows ? value.applyAsLong(row) : MISSING);
        return column(name, units, description, values);
    }

    Hdf5Table f64(String name, String units, String description, IntToDoubleFunction value) {
        double[] values = new double[Math.max(1, rows)];
        Arrays.setAll(values, row -> row < rows ? value.applyAsDouble(row) : Double.NaN);
        return column(name, units, description, values);
    }

    Hdf5Table text(String name, String description, IntFunction<String> value) {
        String[] values = new String[Math.max(1, rows)];
        Arrays.setAll(values, row -> row < rows ? clean(value.apply(row)) : "");
        return column(name, "", description, values);
    }

    private Hdf5Table column(String name, String units, String description, Object values) {
        describe(group.putDataset(name, values), units, description);
        return this;
    }

    static void describe(WritableDataset dataset, String units, String description) {
        dataset.putAttribute("units", units);
        dataset.putAttribute("description", description);
    }

    /** A zero character would end the text for every reader. */
    static String clean(String text) {
        return text.replace('\0', '\uFFFD');
    }
}

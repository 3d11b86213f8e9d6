package org.aevo.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** An array of numbers in a file, checked as far as its description goes; read row by row, of its first side. */
interface NumericArray {

    /** For messages: {@code a/file.h5: dataset x}. */
    String where();

    /** For people: {@code HDF5 x}. */
    String name();

    Path path();

    /** None of a scalar. */
    List<Long> sides();

    /** Of the values, for people: {@code 16-bit floats}. */
    String type();

    /** Whether all values are whole numbers from 0 to 255, stored as such. */
    boolean bytes();

    /** What the file says of them beside. */
    default Map<String, String> attributes() {
        return Map.of();
    }

    /** Further files that values are in. */
    default List<Path> otherFiles() {
        return List.of();
    }

    /** Takes rows of values. */
    @FunctionalInterface
    interface Rows {
        /** The values are overwritten by the next row. */
        void accept(int row, double[] values);
    }

    /** Takes rows of bytes. */
    @FunctionalInterface
    interface ByteRows {
        /** The values are overwritten by the next row. */
        void accept(int row, byte[] values);
    }

    /**
     * Hands out the rows that are wanted.
     *
     * @throws DataException if they cannot be read
     */
    void read(IntPredicate wanted, Rows rows);

    /** As {@link #read}, where the values are {@link #bytes}. */
    void readBytes(IntPredicate wanted, ByteRows rows);
}

package org.aevo.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Rows of bytes, all of one length, in the heap or in a mapped file. A buffer holds 2 GiB at the most, so that many rows
 * are kept in several, each of whole rows. Numbers in them are little-endian.
 */
final class Rows {
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int MOST_BYTES = 1 << 30;

    private final int rowBytes;
    private final int count;
    private final List<ByteBuffer> segments;

    private Rows(int rowBytes, int count, List<ByteBuffer> segments) {
        this.rowBytes = rowBytes;
        this.count = count;
        this.segments = segments;
    }

    /** Makes a buffer of rows. */
    @FunctionalInterface
    interface Segment<E extends Exception> {
        /**
         * @param start of the first of its bytes, counted from the first row's
         */
        ByteBuffer of(long start, int bytes) throws E;
    }

    /** All zero, in the heap. */
    static Rows inHeap(int rowBytes, int count) {
        return of(rowBytes, count, (start, bytes) -> ByteBuffer.allocate(bytes));
    }

    /**
     * In buffers from elsewhere.
     *
     * @param rowBytes length of a row, at most 1 GiB
     */
    static <E extends Exception> Rows of(int rowBytes, int count, Segment<E> maker) throws E {
        if (rowBytes < 1 || rowBytes > MOST_BYTES) {
            throw new IllegalArgumentException("a row must have 1 to " + MOST_BYTES + " bytes, was " + rowBytes);
        }
        int perSegment = perSegment(rowBytes);
        List<ByteBuffer> segments = new ArrayList<>();
        for (int first = 0; first < count; first += perSegment) {
            int rows = Math.min(perSegment, count - first);
            segments.add(maker.of((long) first * rowBytes, rows * rowBytes).order(ORDER));
        }
        return new Rows(rowBytes, count, List.copyOf(segments));
    }

    private static int perSegment(int rowBytes) {
        return MOST_BYTES / rowBytes;
    }

    int rowBytes() {
        return rowBytes;
    }

    int count() {
        return count;
    }

    List<ByteBuffer> segments() {
        return segments;
    }

    /** The buffer that has a row, which starts at {@link #start}. */
    ByteBuffer segment(int row) {
        Objects.checkIndex(row, count);
        return segments.get(row / perSegment(rowBytes));
    }

    int start(int row) {
        return row % perSegment(rowBytes) * rowBytes;
    }

    void get(int row, byte[] bytes) {
        segment(row).get(start(row), bytes, 0, rowBytes);
    }

    void put(int row, byte[] bytes) {
        segment(row).put(start(row), bytes, 0, rowBytes);
    }
}

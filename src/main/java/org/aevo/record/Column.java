package org.aevo.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing column of primitive values. A frozen copy shares the array: what is appended later lies beyond its end.
 * The live column takes an array of its own when a value of a shared one is replaced.
 */
sealed interface Column {

    int size();

    /** The column as it is now, safe to read in another thread. */
    Column freeze();

    static int grown(int length) {
        return Math.max(64, length + (length >> 1));
    }

    /** Whole numbers of 64 bits. */
    final class Longs implements Column {
        private long[] values = {};
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown(size));
            }
            values[size++] = value;
        }

        long get(int row) {
            return values[row];
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public Longs freeze() {
            Longs copy = new Longs();
            copy.values = values;
            copy.size = size;
            return copy;
        }
    }

    /** Whole numbers of 32 bits, which may be replaced. */
    final class Ints implements Column {
        private int[] values = {};
        private int size;
        private boolean shared;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown(size));
            }
            values[size++] = value;
        }

        void set(int row, int value) {
            if (shared) {
                values = values.clone();
                shared = false;
            }
            values[row] = value;
        }

        int get(int row) {
            return values[row];
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public Ints freeze() {
            shared = true;
            Ints copy = new Ints();
            copy.values = values;
            copy.shared = true;
            copy.size = size;
            return copy;
        }
    }

    /** Floating-point numbers, which may be replaced. */
    final class Doubles implements Column {
        private double[] values = {};
        private int size;
        private boolean shared;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown(size));
            }
            values[size++] = value;
        }

        void set(int row, double value) {
            if (shared) {
                values = values.clone();
                shared = false;
            }
            values[row] = value;
        }

        double get(int row) {
            return values[row];
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public Doubles freeze() {
            shared = true;
            Doubles copy = new Doubles();
            copy.values = values;
            copy.shared = true;
            copy.size = size;
            return copy;
        }
    }

    /** Texts, one after the other in UTF-8; text i ends at {@code ends[i]}. 2 GiB at most. */
    final class Texts implements Column {
        private byte[] utf8 = {};
        private int length;
        private final Ints ends;

        Texts() {
            this(new Ints());
        }

        private Texts(Ints ends) {
            this.ends = ends;
        }

        void add(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int needed = Math.addExact(length, bytes.length);
            if (needed > utf8.length) {
                utf8 = Arrays.copyOf(utf8, Math.max(needed, grown(length)));
            }
            System.arraycopy(bytes, 0, utf8, length, bytes.length);
            length = needed;
            ends.add(length);
        }

        byte[] bytes(int row) {
            return Arrays.copyOfRange(utf8, row == 0 ? 0 : ends.get(row - 1), ends.get(row));
        }

        String get(int row) {
            return new String(bytes(row), StandardCharsets.UTF_8);
        }

        @Override
        public int size() {
            return ends.size();
        }

        @Override
        public Texts freeze() {
            Texts copy = new Texts(ends.freeze());
            copy.utf8 = utf8;
            copy.length = length;
            return copy;
        }
    }
}

package org.aevo.metric;

import java.util.Arrays;

/** Points, and how far they are from one another. */
final class Points {
    /** Rows of distances at a time: they stay in the cache while all values of the points go by. */
    private static final int BLOCK = 16;

    private final int count;
    private final int size;
    /** {@code [value, point]}: distances to all points are sums along rows, in loops that the compiler vectorises. */
    private final double[][] values;

    /**
     * @param values finite, in C order [point, value]
     */
    Points(float[] values, int count) {
        this.count = count;
        this.size = values.length / count;
        this.values = new double[size][count];
        for (int point = 0; point < count; point++) {
            for (int v = 0; v < size; v++) {
                this.values[v][point] = values[point * size + v];
            }
        }
    }

    int count() {
        return count;
    }

    /** What is done with the squares of the distances of one point to all; the array is used again. */
    @FunctionalInterface
    interface Row {
        void of(int point, double[] squares);
    }

    /**
     * The squares of the Euclidean distances to all of these points.
     *
     * @param others finite, in C order [point, value], as many values each
     */
    void distances(float[] others, Row row) {
        int rows = others.length / size;
        double[][] squares = new double[BLOCK][count];
        for (int first = 0; first < rows; first += BLOCK) {
            int block = Math.min(BLOCK, rows - first);
            for (int i = 0; i < block; i++) {
                Arrays.fill(squares[i], 0);
            }
            for (int v = 0; v < size; v++) {
                for (int i = 0; i < block; i++) {
                    add(values[v], others[(first + i) * size + v], squares[i]);
                }
            }
            for (int i = 0; i < block; i++) {
                row.of(first + i, squares[i]);
            }
        }
    }

    private static void add(double[] values, double value, double[] squares) {
        for (int i = 0; i < squares.length; i++) {
            double difference = values[i] - value;
            squares[i] += difference * difference;
        }
    }
}

package org.aevo.baseline;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dposv;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevr;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;

import java.nio.DoubleBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Doubles in native memory, {@code [row, column]}, one column behind the other, as LAPACK has them; zero at first. A
 * sample is a column, so that samples lie as they do in C order [sample, value].
 */
final class Matrix implements AutoCloseable {
    private final int rows;
    private final int columns;
    private final DoublePointer values;
    private final DoubleBuffer buffer;

    Matrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.values = new DoublePointer((long) rows * columns);
        Pointer.memset(values, 0, (long) rows * columns * Double.BYTES);
        this.buffer = values.asBuffer();
    }

    Matrix copy() {
        Matrix copy = new Matrix(rows, columns);
        copy.buffer.put(0, buffer, 0, rows * columns);
        return copy;
    }

    int rows() {
        return rows;
    }

    double get(int row, int column) {
        return buffer.get(column * rows + row);
    }

    void add(int row, int column, double value) {
        int at = column * rows + row;
        buffer.put(at, buffer.get(at) + value);
    }

    /** Replaces the first columns, as many as there are values for. */
    void set(float[] columnValues) {
        for (int i = 0; i < columnValues.length; i++) {
            buffer.put(i, columnValues[i]);
        }
    }

    /** Takes {@code factor a b^T} in, of columns. */
    void addOuter(double factor, double[] a, double[] b) {
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                add(row, column, factor * a[row] * b[column]);
            }
        }
    }

    /** Takes {@code A A^T} in, of the first columns of A: the lower half of it. */
    void addSquare(Matrix a, int count) {
        cblas_dsyrk(CblasColMajor, CblasLower, CblasNoTrans, rows, count, 1, a.values, a.rows, 1, values, rows);
    }

    /** Takes {@code A B^T} in, of the first columns of both. */
    void addProduct(Matrix a, Matrix b, int count) {
        cblas_dgemm(
                CblasColMajor,
                CblasNoTrans,
                CblasTrans,
                rows,
                columns,
                count,
                1,
                a.values,
                a.rows,
                b.values,
                b.rows,
                1,
                values,
                rows);
    }

    /**
     * Solves {@code this X = right}; both are overwritten, the right side by X.
     *
     * @throws ArithmeticException if this, of which the lower half counts, is not positive definite
     */
    void solve(Matrix right) {
        int info = LAPACKE_dposv(
                LAPACK_COL_MAJOR, (byte) 'L', rows, right.columns, values, rows, right.values, right.rows);
        if (info != 0) {
            throw new ArithmeticException("a matrix of " + rows + " rows is not positive definite: dposv says " + info);
        }
    }

    /** The largest eigenvalues, the largest first, and unit eigenvectors that belong to them. */
    record Eigen(double[] eigenvalues, double[][] vectors) {}

    /**
     * Of this, which is symmetric, of which the lower half counts, and which is overwritten.
     *
     * @throws ArithmeticException if LAPACK does not find them
     */
    Eigen largest(int count) {
        double[] ascending = new double[rows];
        double[] columnsOfThem = new double[rows * count];
        try (DoublePointer eigenvalues = new DoublePointer(rows);
                DoublePointer vectors = new DoublePointer((long) rows * count);
                IntPointer found = new IntPointer(1);
                IntPointer support = new IntPointer(2L * count)) {
            int info = LAPACKE_dsyevr(
                    LAPACK_COL_MAJOR,
                    (byte) 'V',
                    (byte) 'I',
                    (byte) 'L',
                    rows,
                    values,
                    rows,
                    0,
                    0,
                    rows - count + 1,
                    rows,
                    0,
                    found,
                    eigenvalues,
                    vectors,
                    rows,
                    support);
            if (info != 0) {
                throw new ArithmeticException("no eigenvectors of a matrix of " + rows + " rows: dsyevr says " + info);
            }
            eigenvalues.get(ascending);
            vectors.get(columnsOfThem);
        }
        double[] eigenvalues = new double[count];
        double[][] vectors = new double[count][rows];
        for (int i = 0; i < count; i++) {
            int from = count - 1 - i;
            eigenvalues[i] = ascending[from];
            System.arraycopy(columnsOfThem, from * rows, vectors[i], 0, rows);
        }
        return new Eigen(eigenvalues, vectors);
    }

    @Override
    public void close() {
        values.close();
    }
}

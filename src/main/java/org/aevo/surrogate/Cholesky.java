package org.aevo.surrogate;

import java.util.ArrayList;
import java.util.List;

/**
 * The lower factor of a symmetric positive definite matrix that grows by rows. It is short, and needs no more than this: a library of
 * linear algebra would factor the whole matrix anew for each row. The factor of a matrix is the same to the bit however it grew.
 */
final class Cholesky {
    /** What is left of a diagonal at least, where rounding would leave nothing. */
    private static final double LEAST = 1e-10;

    private final List<double[]> rows = new ArrayList<>();

    int size() {
        return rows.size();
    }

    /**
     * Appends a row.
     *
     * @param row of the matrix, up to its diagonal
     */
    void add(double[] row) {
        int n = rows.size();
        double[] lower = new double[n + 1];
        double left = row[n];
        for (int j = 0; j < n; j++) {
            double[] other = rows.get(j);
            double sum = row[j];
            for (int m = 0; m < j; m++) {
                sum -= lower[m] * other[m];
            }
            lower[j] = sum / other[j];
            left -= lower[j] * lower[j];
        }
        lower[n] = Math.sqrt(Math.max(left, LEAST));
        rows.add(lower);
    }

    /** Takes the last rows away. */
    void cut(int size) {
        rows.subList(size, rows.size()).clear();
    }

    /** The solution of {@code L z = y}. */
    double[] forward(double[] y) {
        double[] z = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            double[] row = rows.get(i);
            double sum = y[i];
            for (int m = 0; m < i; m++) {
                sum -= row[m] * z[m];
            }
            z[i] = sum / row[i];
        }
        return z;
    }

    /** The solution of {@code L L^T x = y}. */
    double[] solve(double[] y) {
        double[] x = forward(y);
        for (int i = y.length - 1; i >= 0; i--) {
            double[] row = rows.get(i);
            x[i] /= row[i];
            for (int m = 0; m < i; m++) {
                x[m] -= row[m] * x[i];
            }
        }
        return x;
    }

    /** Half the logarithm of the matrix's determinant. */
    double halfLogDeterminant() {
        double sum = 0;
        for (int i = 0; i < rows.size(); i++) {
            sum += StrictMath.log(rows.get(i)[i]);
        }
        return sum;
    }
}

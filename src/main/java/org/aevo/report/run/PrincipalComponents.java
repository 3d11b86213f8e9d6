package org.aevo.report.run;

import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.correlation.Covariance;

/**
 * The two directions in which samples vary most.
 *
 * @param x of each sample along the first, from the mean
 * @param y along the second
 * @param shares of the whole variance that each of the two explains
 */
record PrincipalComponents(double[] x, double[] y, double[] shares) {
    /** Beyond this the decomposition takes too long for a figure. */
    static final int MAX_DIMENSION = 512;

    /**
     * Of samples with at least two values, at least two of them. Signs are such that the largest weight of a direction
     * is positive.
     *
     * @param values in C order [sample, value]
     */
    static PrincipalComponents of(float[] values, int count) {
        int size = values.length / count;
        double[][] samples = new double[count][size];
        double[] mean = new double[size];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < size; j++) {
                samples[i][j] = values[i * size + j];
                mean[j] += samples[i][j] / count;
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(new Covariance(samples).getCovarianceMatrix());
        double all = 0;
        for (double value : eigen.getRealEigenvalues()) {
            all += Math.max(0, value);
        }
        double[][] along = new double[2][count];
        double[] shares = new double[2];
        for (int c = 0; c < 2; c++) {
            // they come in descending order
            RealVector direction = eigen.getEigenvector(c);
            int largest = 0;
            for (int j = 1; j < size; j++) {
                largest = Math.abs(direction.getEntry(j)) > Math.abs(direction.getEntry(largest)) ? j : largest;
            }
            double sign = direction.getEntry(largest) < 0 ? -1 : 1;
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < size; j++) {
                    along[c][i] += sign * direction.getEntry(j) * (samples[i][j] - mean[j]);
                }
            }
            shares[c] = all > 0 ? Math.max(0, eigen.getRealEigenvalue(c)) / all : 0;
        }
        return new PrincipalComponents(along[0], along[1], shares);
    }
}

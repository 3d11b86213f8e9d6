package org.aevo.surrogate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;

class GaussianProcessTest {
    private static final double[][] VECTORS = {{0, 0}, {0.2, 1}, {0.5, 0.3}, {0.9, 0.8}, {1, 0.1}};
    private static final double[] VALUES = {1, -0.5, 0.2, 0.7, -1.4};

    /** What scikit-learn says (Matern 5/2 of length scales 1/2 and 2, alpha 0.05), its deviations times that of the process. */
    @Test
    void expectsWhatScikitLearnDoes() {
        GaussianProcess process = new GaussianProcess(new Kernel(new int[] {0, 1}, new double[] {4, 0.25}, 0.05));
        Arrays.stream(VECTORS).forEach(process::add);
        process.values(VALUES);
        double[][] at = {{0.1, 0.4}, {0.7, 0.7}, {3, 3}};
        double[] means = {0.31767582144553513, 0.48525165454702507, -0.003672333803825297};
        double[] deviations = {0.4425673079695238, 0.5835411043854009, 1.9543603178582833};
        for (int i = 0; i < at.length; i++) {
            assertEquals(means[i], process.at(at[i]).mean(), 1e-9);
            assertEquals(means[i], process.meanAt(at[i]), 1e-9);
            assertEquals(deviations[i], process.at(at[i]).deviation(), 1e-9);
        }
    }

    @Test
    void isTheSameToTheBitHoweverItGrew() {
        Kernel kernel = Kernel.initial(new int[] {0, 1});
        GaussianProcess grown = new GaussianProcess(kernel);
        GaussianProcess whole = new GaussianProcess(kernel);
        for (double[] vector : VECTORS) {
            grown.add(new double[] {7, 7});
            grown.cut(grown.size() - 1);
            grown.add(vector);
            grown.values(Arrays.copyOf(VALUES, grown.size()));
        }
        Arrays.stream(VECTORS).forEach(whole::add);
        whole.values(VALUES);
        assertEquals(whole.at(new double[] {0.3, 0.3}), grown.at(new double[] {0.3, 0.3}));
    }

    @Test
    void factorsAreThoseOfTheMatrix() {
        RandomGenerator random = Generators.seeded(3);
        int n = 12;
        double[][] lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                lower[i][j] = i == j ? 1 + random.nextDouble() : random.nextGaussian();
            }
        }
        Cholesky factor = new Cholesky();
        double logDeterminant = 0;
        for (int i = 0; i < n; i++) {
            double[] row = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                for (int m = 0; m <= j; m++) {
                    row[j] += lower[i][m] * lower[j][m];
                }
            }
            factor.add(row);
            logDeterminant += Math.log(lower[i][i]);
        }
        assertEquals(logDeterminant, factor.halfLogDeterminant(), 1e-9);
        double[] wanted = random.doubles(n).toArray();
        double[] product = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int m = 0; m <= Math.min(i, j); m++) {
                    product[i] += lower[i][m] * lower[j][m] * wanted[j];
                }
            }
        }
        assertArrayEquals(wanted, factor.solve(product), 1e-6);
    }

    /** Two equal genomes would have no factor without noise. */
    @Test
    void equalVectorsAreNoError() {
        GaussianProcess process = new GaussianProcess(new Kernel(new int[] {0}, new double[] {1}, 0));
        for (int i = 0; i < 5; i++) {
            process.add(new double[] {0.5});
        }
        process.values(new double[] {1, 2, 3, 4, 5});
        Expectation there = process.at(new double[] {0.5});
        assertTrue(Double.isFinite(there.mean()) && there.deviation() > 0, there.toString());
    }

    @Test
    void whatMattersGetsMoreWeight() {
        RandomGenerator random = Generators.seeded(4);
        double[][] vectors = new double[40][];
        double[] values = new double[vectors.length];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = random.doubles(3).toArray();
            values[i] = Math.sin(6 * vectors[i][1]);
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double[] centred = Arrays.stream(values).map(v -> v - mean).toArray();
        double[] weights = KernelFit.of(new int[] {0, 1, 2}, vectors, centred).weights();
        assertTrue(weights[1] > 10 * weights[0] && weights[1] > 10 * weights[2], Arrays.toString(weights));
    }
}

package org.aevo.surrogate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VarianceSharesTest {
    /** Main effects of the Ishigami function with a = 7 and b = 0.1 (Ishigami and Homma 1990); the rest is x1 with x3. */
    private static final double[] ISHIGAMI = {0.3139, 0.4424, 0};

    private static double[][] uniform(int n, int length, double low, double high, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, n)
                .mapToObj(i ->
                        random.doubles(length).map(u -> low + (high - low) * u).toArray())
                .toArray(double[][]::new);
    }

    private static double[] values(double[][] vectors, ToDoubleFunction<double[]> function) {
        return Arrays.stream(vectors).mapToDouble(function).toArray();
    }

    @Test
    void aTreesEffectsAreTheMeansOverAllCombinationsOfTheGroups() {
        double[][] vectors = uniform(80, 4, 0, 1, 1);
        double[] values = values(vectors, x -> x[0] * x[3] + 2 * x[1] * x[1] + (x[2] > 0.4 ? x[0] : 0));
        int[] rows = IntStream.range(0, 80).toArray();
        RegressionTree tree = new RegressionTree(vectors, values, rows, 4, new SplittableRandom(2));
        assertTrue(tree.leaves().size() > 10);
        double[][] reference = uniform(9, 4, 0, 1, 3);
        int[] groupOf = {0, 1, 2, 0};

        double[][] marginal = new double[3][9];
        double mean = 0;
        for (int a = 0; a < 9; a++) {
            for (int b = 0; b < 9; b++) {
                for (int c = 0; c < 9; c++) {
                    double y =
                            tree.of(new double[] {reference[a][0], reference[b][1], reference[c][2], reference[a][3]});
                    mean += y / (9 * 9 * 9);
                    marginal[0][a] += y / 81;
                    marginal[1][b] += y / 81;
                    marginal[2][c] += y / 81;
                }
            }
        }
        double[][] effects = new VarianceShares(reference, groupOf, 3).effects(tree);
        for (int g = 0; g < 3; g++) {
            double middle = mean;
            double[] expected = Arrays.stream(marginal[g]).map(m -> m - middle).toArray();
            assertTrue(Arrays.stream(expected).anyMatch(effect -> Math.abs(effect) > 0.05), Arrays.toString(expected));
            assertArrayEquals(expected, effects[g], 1e-9);
        }
    }

    @Test
    void aForestFindsTheKnownSharesOfAFunction() {
        double[][] vectors = uniform(1500, 3, -Math.PI, Math.PI, 4);
        double[] values = values(
                vectors,
                x -> Math.sin(x[0]) + 7 * Math.pow(Math.sin(x[1]), 2) + 0.1 * Math.pow(x[2], 4) * Math.sin(x[0]));
        RegressionForest forest = new RegressionForest(vectors, values, 5);
        assertTrue(forest.known() > 0.8 && forest.known() < 1, "known " + forest.known());
        double[] shares = new VarianceShares(uniform(300, 3, -Math.PI, Math.PI, 6), new int[] {0, 1, 2}, 3).of(forest);
        assertArrayEquals(ISHIGAMI, shares, 0.08, Arrays.toString(shares));
    }

    @Test
    void whatIsOfNoUseExplainsNothing() {
        double[][] vectors = uniform(300, 5, 0, 1, 7);
        double[] values = values(vectors, x -> x[2]);
        double[] shares = new VarianceShares(uniform(200, 5, 0, 1, 8), new int[] {0, 1, 2, 3, 4}, 5)
                .of(new RegressionForest(vectors, values, 9));
        assertTrue(shares[2] > 0.95, Arrays.toString(shares));
        assertTrue(Arrays.stream(shares).sum() <= 1 + 1e-9);

        double[] noise = new SplittableRandom(10).doubles(300).toArray();
        assertTrue(new RegressionForest(vectors, noise, 11).known() < 0.2, "nothing is to be known of noise");
        RegressionForest flat = new RegressionForest(vectors, new double[300], 12);
        assertTrue(Double.isNaN(flat.known()));
        assertEquals(
                0,
                Arrays.stream(new VarianceShares(vectors, new int[5], 1).of(flat))
                        .sum());
    }
}

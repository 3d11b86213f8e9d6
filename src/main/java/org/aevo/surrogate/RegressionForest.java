package org.aevo.surrogate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random forest (Breiman 2001): trees that each learn from a sample drawn with replacement. The same vectors, values and seed give the
 * same forest.
 */
final class RegressionForest {
    private static final int TREES = 64;
    /** Of the numbers, as in SMAC: most of them say nothing, and a node that tries few may find none that does. */
    private static final double TRIED = 5 / 6.0;

    private final List<RegressionTree> trees = new ArrayList<>();
    private final double known;

    /**
     * @param vectors of one length, at least one
     * @param values of the vectors, finite
     */
    RegressionForest(double[][] vectors, double[] values, long seed) {
        int n = vectors.length;
        SplittableRandom random = new SplittableRandom(seed);
        int tried = Math.max(1, (int) Math.ceil(TRIED * vectors[0].length));
        double[] sums = new double[n];
        int[] counts = new int[n];
        for (int t = 0; t < TREES; t++) {
            SplittableRandom own = random.split();
            int[] rows = new int[n];
            boolean[] seen = new boolean[n];
            for (int i = 0; i < n; i++) {
                rows[i] = own.nextInt(n);
                seen[rows[i]] = true;
            }
            RegressionTree tree = new RegressionTree(vectors, values, rows, tried, own);
            trees.add(tree);
            for (int i = 0; i < n; i++) {
                if (!seen[i]) {
                    sums[i] += tree.of(vectors[i]);
                    counts[i]++;
                }
            }
        }
        this.known = known(values, sums, counts);
    }

    private static double known(double[] values, double[] sums, int[] counts) {
        double mean = Arrays.stream(values).average().orElse(0);
        double off = 0;
        double spread = 0;
        for (int i = 0; i < values.length; i++) {
            if (counts[i] > 0) {
                double error = values[i] - sums[i] / counts[i];
                off += error * error;
                spread += (values[i] - mean) * (values[i] - mean);
            }
        }
        return spread > 0 ? 1 - off / spread : Double.NaN;
    }

    List<RegressionTree> trees() {
        return trees;
    }

    double of(double[] vector) {
        return trees.stream().mapToDouble(tree -> tree.of(vector)).average().orElse(0);
    }

    /**
     * The share of the values' variance that trees explain which have not seen them (out of bag); negative if they know less than the
     * mean does, NaN if all values are equal.
     */
    double known() {
        return known;
    }
}

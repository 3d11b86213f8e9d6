package org.aevo.surrogate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How much of the variance of a forest's values each group of numbers explains by itself: its main effect in the functional ANOVA (F. Hutter,
 * H. Hoos and K. Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter Importance", ICML 2014). Groups are taken to be
 * independent of each other, and each is distributed as in the vectors that are given: what is within a group stays as it is in one of them.
 *
 * <p>Unlike in the paper it is the mean of the trees that is decomposed, not each tree: the noise of a single tree would count as
 * interactions. Main effects are exact, the variance of all is that of {@value #DRAWN} vectors that are drawn, always the same.
 */
final class VarianceShares {
    private static final int DRAWN = 4000;
    private static final long SEED = 8;

    private final double[][] reference;
    private final int[] groupOf;
    private final int groups;

    /**
     * @param reference vectors by which each group is distributed, at least one
     * @param groupOf the group of each number, from 0
     */
    VarianceShares(double[][] reference, int[] groupOf, int groups) {
        this.reference = reference;
        this.groupOf = groupOf.clone();
        this.groups = groups;
    }

    /** By group, each from 0 to 1: what is missing in all is interactions. All 0 where the forest says the same of all. */
    double[] of(RegressionForest forest) {
        double[][] effects = new double[groups][reference.length];
        int trees = forest.trees().size();
        for (RegressionTree tree : forest.trees()) {
            double[][] its = effects(tree);
            for (int g = 0; g < groups; g++) {
                for (int i = 0; i < reference.length; i++) {
                    effects[g][i] += its[g][i] / trees;
                }
            }
        }
        double[] shares =
                Arrays.stream(effects).mapToDouble(VarianceShares::variance).toArray();
        // the main effects are parts of the whole: vectors that are drawn may make it a little smaller than it is
        double variance =
                Math.max(variance(drawn(forest)), Arrays.stream(shares).sum());
        for (int g = 0; g < groups; g++) {
            shares[g] = variance > 1e-24 ? shares[g] / variance : 0;
        }
        return shares;
    }

    /** What the forest says of vectors whose groups are drawn independently of each other. */
    private double[] drawn(RegressionForest forest) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] values = new double[DRAWN];
        for (int k = 0; k < DRAWN; k++) {
            int[] rowOf = random.ints(groups, 0, reference.length).toArray();
            double[] vector = new double[groupOf.length];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = reference[rowOf[groupOf[i]]][i];
            }
            values[k] = forest.of(vector);
        }
        return values;
    }

    /**
     * What a tree expects where one group is as in a reference vector and the others are anything, exactly, but for a constant.
     *
     * @return by group and reference vector
     */
    double[][] effects(RegressionTree tree) {
        double[][] effects = new double[groups][reference.length];
        for (RegressionTree.Leaf leaf : tree.leaves()) {
            Map<Integer, boolean[]> inside = inside(leaf);
            double mass = 1;
            for (boolean[] rows : inside.values()) {
                mass *= share(rows);
            }
            for (Map.Entry<Integer, boolean[]> entry : inside.entrySet()) {
                int group = entry.getKey();
                double others = 1;
                for (Map.Entry<Integer, boolean[]> other : inside.entrySet()) {
                    others *= other.getKey() == group ? 1 : share(other.getValue());
                }
                for (int i = 0; i < reference.length; i++) {
                    // less its mean, so that leaves that do not ask for the group, which add the same everywhere, need
                    // not be added
                    effects[group][i] += leaf.value() * ((entry.getValue()[i] ? others : 0) - mass);
                }
            }
        }
        return effects;
    }

    /** Of each group that a leaf asks for: which reference vectors are in its box. */
    private Map<Integer, boolean[]> inside(RegressionTree.Leaf leaf) {
        Map<Integer, boolean[]> inside = new HashMap<>();
        for (RegressionTree.Bound bound : leaf.bounds()) {
            boolean[] rows = inside.get(groupOf[bound.number()]);
            boolean first = rows == null;
            if (first) {
                rows = new boolean[reference.length];
                inside.put(groupOf[bound.number()], rows);
            }
            for (int i = 0; i < rows.length; i++) {
                rows[i] = (first || rows[i]) && bound.holds(reference[i]);
            }
        }
        return inside;
    }

    private static double share(boolean[] rows) {
        int count = 0;
        for (boolean row : rows) {
            count += row ? 1 : 0;
        }
        return (double) count / rows.length;
    }

    private static double variance(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / values.length;
    }
}

package org.aevo.surrogate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A regression tree (Breiman et al. 1984): at each node the number and the threshold that lower the squared error most, among some
 * numbers drawn for that node. Its leaves part the space of vectors into boxes, of each of which it knows the mean.
 */
final class RegressionTree {
    private static final int LEAST_IN_LEAF = 3;

    private final double[][] vectors;
    private final double[] values;
    private final int tried;
    private final SplittableRandom random;
    private final List<Leaf> leaves = new ArrayList<>();
    private final Node root;

    /**
     * A box with one value.
     *
     * @param bounds where it does not reach to infinity; at most two for each number
     */
    record Leaf(double value, List<Bound> bounds) {}

    /** What a number of a vector must be: above a threshold, or not. */
    record Bound(int number, double threshold, boolean above) {
        boolean holds(double[] vector) {
            return vector[number] > threshold == above;
        }
    }

    /** Of an inner node {@code low} and {@code high}; of a leaf neither. */
    private record Node(int number, double threshold, Node low, Node high, double value) {}

    private record Split(int number, double threshold, double gain) {
        static final Split NONE = new Split(-1, 0, 1e-12);
    }

    /**
     * @param rows which vectors it learns from; one may be there more than once
     * @param tried numbers that are tried at each node
     */
    RegressionTree(double[][] vectors, double[] values, int[] rows, int tried, SplittableRandom random) {
        this.vectors = vectors;
        this.values = values;
        this.tried = tried;
        this.random = random;
        this.root = grow(rows, List.of());
    }

    List<Leaf> leaves() {
        return leaves;
    }

    double of(double[] vector) {
        Node node = root;
        while (node.low() != null) {
            node = vector[node.number()] > node.threshold() ? node.high() : node.low();
        }
        return node.value();
    }

    private Node grow(int[] rows, List<Bound> bounds) {
        double mean =
                Arrays.stream(rows).mapToDouble(row -> values[row]).average().orElse(0);
        Split split = rows.length < 2 * LEAST_IN_LEAF ? Split.NONE : best(rows);
        if (split.number() < 0) {
            leaves.add(new Leaf(mean, bounds));
            return new Node(-1, 0, null, null, mean);
        }
        int number = split.number();
        double threshold = split.threshold();
        Node low = grow(
                Arrays.stream(rows)
                        .filter(row -> vectors[row][number] <= threshold)
                        .toArray(),
                with(bounds, new Bound(number, threshold, false)));
        Node high = grow(
                Arrays.stream(rows)
                        .filter(row -> vectors[row][number] > threshold)
                        .toArray(),
                with(bounds, new Bound(number, threshold, true)));
        return new Node(number, threshold, low, high, mean);
    }

    /** A bound that is in force takes the place of a wider one. */
    private static List<Bound> with(List<Bound> bounds, Bound bound) {
        List<Bound> all = new ArrayList<>(bounds);
        all.removeIf(other -> other.number() == bound.number() && other.above() == bound.above());
        all.add(bound);
        return List.copyOf(all);
    }

    private Split best(int[] rows) {
        int[] numbers = new int[vectors[0].length];
        Arrays.setAll(numbers, i -> i);
        Split best = Split.NONE;
        for (int i = 0; i < Math.min(tried, numbers.length); i++) {
            int at = i + random.nextInt(numbers.length - i);
            int number = numbers[at];
            numbers[at] = numbers[i];
            Split split = best(rows, number);
            best = split.gain() > best.gain() ? split : best;
        }
        return best;
    }

    /** The threshold that lowers the squared error most: between two neighbouring values. */
    private Split best(int[] rows, int number) {
        Integer[] order = Arrays.stream(rows).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (a, b) -> Double.compare(vectors[a][number], vectors[b][number]));
        double sum = Arrays.stream(rows).mapToDouble(row -> values[row]).sum();
        int n = rows.length;
        double below = 0;
        Split best = Split.NONE;
        for (int i = 1; i < n; i++) {
            below += values[order[i - 1]];
            double left = vectors[order[i - 1]][number];
            double right = vectors[order[i]][number];
            if (left < right && i >= LEAST_IN_LEAF && n - i >= LEAST_IN_LEAF) {
                double above = sum - below;
                double gain = below * below / i + above * above / (n - i) - sum * sum / n;
                if (gain > best.gain()) {
                    best = new Split(number, left + (right - left) / 2, gain);
                }
            }
        }
        return best;
    }
}

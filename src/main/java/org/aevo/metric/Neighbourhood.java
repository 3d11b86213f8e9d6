package org.aevo.metric;

/**
 * How well codes keep the neighbours that samples have: trustworthiness and continuity (J. Venna, S. Kaski, 2001,
 * Neighborhood preservation in nonlinear projection methods). Distances are Euclidean; of samples at one distance those
 * are nearer that follow in the order given, which should say nothing about them.
 *
 * <p>What depends on the samples alone is computed once. It takes two bytes for each pair of samples, and for a moment
 * eight for each of their values.
 */
public final class Neighbourhood {
    /** Beyond this the ranks take more than 200 MB. */
    public static final int MAX_SAMPLES = 10_000;

    private final int count;
    /** {@code [sample, other]}: how many are nearer to the sample in the original space, itself among them. */
    private final char[][] ranks;

    /**
     * @param original in C order [sample, value]
     * @param count of samples, 3 to {@link #MAX_SAMPLES}
     */
    public Neighbourhood(float[] original, int count) {
        if (count < 3 || count > MAX_SAMPLES) {
            throw new IllegalArgumentException(
                    "neighbourhoods need 3 to " + MAX_SAMPLES + " samples, there are " + count);
        }
        Arguments.size("original samples", original, count);
        Arguments.mustBeFinite("original samples", original);
        this.count = count;
        this.ranks = new char[count][count];
        Order order = new Order(count);
        int[] sorted = new int[count];
        new Points(original, count).distances(original, (sample, squares) -> {
            // it is at no distance, and the first of those: its rank is 0
            order.set(squares, sample);
            order.sorted(sorted);
            for (int rank = 0; rank < count; rank++) {
                ranks[sample][sorted[rank]] = (char) rank;
            }
        });
    }

    /**
     * From 0 to 1: 1 if all neighbours in the code were neighbours before. About a half if the
     * code says nothing, as where all are the same.
     *
     * @param codes in C order [sample, value]
     * @param neighbours fewer than half the samples
     * @return NaN if a code is not finite
     */
    public double trustworthiness(float[] codes, int neighbours) {
        int[] nearest = new int[checked(neighbours)];
        return agreement(codes, neighbours, (sample, order) -> {
            order.nearest(nearest);
            long beyond = 0;
            for (int other : nearest) {
                beyond += Math.max(0, ranks[sample][other] - neighbours);
            }
            return beyond;
        });
    }

    /**
     * From 0 to 1: 1 if all that were neighbours are neighbours in the code. The trustworthiness with the spaces
     * exchanged.
     *
     * @param codes in C order [sample, value]
     * @param neighbours fewer than half the samples
     * @return NaN if a code is not finite
     */
    public double continuity(float[] codes, int neighbours) {
        checked(neighbours);
        return agreement(codes, neighbours, (sample, order) -> {
            long beyond = 0;
            char[] original = ranks[sample];
            for (int other = 0; other < count; other++) {
                if (original[other] > 0 && original[other] <= neighbours) {
                    beyond += Math.max(0, order.nearerThan(other) + 1 - neighbours);
                }
            }
            return beyond;
        });
    }

    /** By how many places the neighbours of one sample are too far away in the other space. */
    @FunctionalInterface
    private interface Misplaced {
        long of(int sample, Order order);
    }

    private double agreement(float[] codes, int neighbours, Misplaced misplaced) {
        Arguments.size("codes", codes, count);
        if (!Arguments.finite(codes)) {
            return Double.NaN;
        }
        Order order = new Order(count);
        long[] places = new long[1];
        new Points(codes, count).distances(codes, (sample, squares) -> {
            order.set(squares, sample);
            order.last(sample);
            places[0] += misplaced.of(sample, order);
        });
        double most = count * (double) neighbours * (2.0 * count - 3.0 * neighbours - 1) / 2;
        return 1 - places[0] / most;
    }

    private int checked(int neighbours) {
        if (neighbours < 1 || 2L * neighbours >= count) {
            throw new IllegalArgumentException(
                    "neighbours must be at least 1 and fewer than half the " + count + " samples, was " + neighbours);
        }
        return neighbours;
    }
}

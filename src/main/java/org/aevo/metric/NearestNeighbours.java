package org.aevo.metric;

import java.util.Arrays;

/**
 * Whether the classes of samples can be told from those of their neighbours in the code: the k nearest neighbours vote
 * (T. Cover, P. Hart, 1967, Nearest neighbor pattern classification), by Euclidean distance, each with the same weight.
 */
public final class NearestNeighbours {
    private NearestNeighbours() {}

    /**
     * The share of samples whose class is told right. Of classes with as many votes the lowest is told, of training codes
     * at one distance the first are the nearer ones. A class that no training sample has cannot be told.
     *
     * @param training codes that vote, in C order [sample, value]
     * @param codes of the samples to be told, in C order [sample, value]
     * @param neighbours at most as many as there are training codes
     * @return NaN if a code is not finite
     */
    public static double accuracy(float[] training, int[] trainingLabels, float[] codes, int[] labels, int neighbours) {
        Arguments.codeSize(training, trainingLabels, codes, labels);
        if (neighbours < 1 || neighbours > trainingLabels.length) {
            throw new IllegalArgumentException("neighbours must be at least 1 and at most the " + trainingLabels.length
                    + " training codes, was " + neighbours);
        }
        if (!Arguments.finite(training) || !Arguments.finite(codes)) {
            return Double.NaN;
        }
        int[] classes = Labels.classes(trainingLabels);
        int[] classOf = Arrays.stream(trainingLabels)
                .map(label -> Arrays.binarySearch(classes, label))
                .toArray();
        int[] told = new int[labels.length];
        int[] nearest = new int[neighbours];
        int[] votes = new int[classes.length];
        Order order = new Order(trainingLabels.length);
        new Points(training, trainingLabels.length).distances(codes, (sample, squares) -> {
            order.set(squares, 0);
            order.nearest(nearest);
            Arrays.fill(votes, 0);
            for (int neighbour : nearest) {
                votes[classOf[neighbour]]++;
            }
            told[sample] = classes[mostVotes(votes)];
        });
        return Labels.accuracy(told, labels);
    }

    private static int mostVotes(int[] votes) {
        int most = 0;
        for (int i = 1; i < votes.length; i++) {
            most = votes[i] > votes[most] ? i : most;
        }
        return most;
    }
}

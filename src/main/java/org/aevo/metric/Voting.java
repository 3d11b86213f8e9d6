package org.aevo.metric;

import java.util.Arrays;
import java.util.List;

/**
 * Which class several classifiers tell together, each with the same weight: in scikit-learn {@code VotingClassifier}. Where
 * classes are equal, the first of them is told, whichever way they vote.
 */
public final class Voting {
    private Voting() {}

    /**
     * The class that most of them tell, in scikit-learn {@code voting="hard"}.
     *
     * @param told by each of them, the class of each sample
     * @throws IllegalArgumentException if there are no voters, they are of different samples, or a class is not among the
     *     classes
     */
    public static int[] majority(List<int[]> told, int classes) {
        int samples = told.isEmpty() ? 0 : told.get(0).length;
        check(told.size(), told.stream().allMatch(each -> each.length == samples));
        int[] elected = new int[samples];
        int[] votes = new int[classes];
        for (int i = 0; i < samples; i++) {
            Arrays.fill(votes, 0);
            for (int[] each : told) {
                if (each[i] < 0 || each[i] >= classes) {
                    throw new IllegalArgumentException("class " + each[i] + " of " + classes);
                }
                votes[each[i]]++;
            }
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (votes[c] > votes[best]) {
                    best = c;
                }
            }
            elected[i] = best;
        }
        return elected;
    }

    /**
     * The mean of the probabilities that they give to each class; the largest of a sample's tells the class, in scikit-learn
     * {@code voting="soft"}.
     *
     * @param probabilities by each of them, in C order [sample, class]
     * @return in the same order
     * @throws IllegalArgumentException if there are no voters, or they are of different samples
     */
    public static double[] meanProbabilities(List<float[]> probabilities) {
        int values = probabilities.isEmpty() ? 0 : probabilities.get(0).length;
        check(probabilities.size(), probabilities.stream().allMatch(each -> each.length == values));
        double[] mean = new double[values];
        for (float[] each : probabilities) {
            for (int i = 0; i < values; i++) {
                mean[i] += each[i];
            }
        }
        for (int i = 0; i < values; i++) {
            mean[i] /= probabilities.size();
        }
        return mean;
    }

    /** The class of each sample that has the largest number, the first of equals; numbers are in C order [sample, class]. */
    public static int[] told(double[] numbers, int classes) {
        int[] told = new int[numbers.length / classes];
        for (int i = 0; i < told.length; i++) {
            int from = i * classes;
            for (int c = 1; c < classes; c++) {
                if (numbers[from + c] > numbers[from + told[i]]) {
                    told[i] = c;
                }
            }
        }
        return told;
    }

    /** As {@link #told(double[], int)}. */
    public static int[] told(float[] numbers, int classes) {
        int[] told = new int[numbers.length / classes];
        for (int i = 0; i < told.length; i++) {
            told[i] = Logits.largest(numbers, i * classes, classes);
        }
        return told;
    }

    private static void check(int voters, boolean alike) {
        if (voters == 0) {
            throw new IllegalArgumentException("nobody votes");
        }
        if (!alike) {
            throw new IllegalArgumentException("those who vote have seen different samples");
        }
    }
}

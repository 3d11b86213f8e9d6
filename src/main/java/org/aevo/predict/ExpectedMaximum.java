package org.aevo.predict;

import java.util.Arrays;

/** How long the longest of several evaluations takes: what a generation waits for when each has a worker of its own. */
public final class ExpectedMaximum {
    private ExpectedMaximum() {}

    /**
     * The mean of the longest of {@code count} drawn with replacement.
     *
     * @param seconds measured, at least one
     */
    public static double of(double[] seconds, int count) {
        if (seconds.length == 0 || count < 1) {
            throw new IllegalArgumentException("no longest of " + count + " out of " + seconds.length);
        }
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        double mean = 0;
        double below = 0;
        for (int i = 0; i < sorted.length; i++) {
            double upTo = Math.pow((i + 1.0) / sorted.length, count);
            mean += sorted[i] * (upTo - below);
            below = upTo;
        }
        return mean;
    }
}

package org.aevo.surrogate;

import java.util.Arrays;

/**
 * Every fitness that was told, and what a model learns in its place: the logarithm, against the median; of what is worse than that, only
 * {@value #COMPRESSED} of it, since how bad the bad ones are says little about the good ones. Where some fitness is not positive it
 * is the difference from the median, in units of how far the best is ahead of that.
 */
final class Standing {
    private static final double COMPRESSED = 0.3;

    private double[] sorted = new double[64];
    private int size;

    void add(double fitness) {
        int found = Arrays.binarySearch(sorted, 0, size, fitness);
        int place = found >= 0 ? found : -found - 1;
        if (size == sorted.length) {
            sorted = Arrays.copyOf(sorted, 2 * size);
        }
        System.arraycopy(sorted, place, sorted, place + 1, size - place);
        sorted[place] = fitness;
        size++;
    }

    /**
     * What is learnt for a fitness; for one that is not a number, as for the worst that was told.
     *
     * @return 0 as long as nothing was told
     */
    double of(double fitness) {
        if (size == 0) {
            return 0;
        }
        double value = Double.isNaN(fitness) ? sorted[size - 1] : fitness;
        double median = sorted[size / 2];
        double best = sorted[0];
        if (best > 0) {
            double ratio = StrictMath.log(value / median);
            return ratio > 0 ? COMPRESSED * ratio : ratio;
        }
        double lead = median - best;
        double off = lead > 0 ? (value - median) / lead : value > median ? 1 : 0;
        return off > 0 ? COMPRESSED * StrictMath.log1p(off) : off;
    }
}

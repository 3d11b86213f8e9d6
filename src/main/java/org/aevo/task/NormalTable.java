package org.aevo.task;

/**
 * Normally distributed numbers by table: 2^16 values, all as likely, which are the quantiles of the normal distribution
 * in the middle of as many equal shares of it, scaled to a variance of 1; the largest is 4.32. Four of them are made of
 * one random number, several times as fast as the usual ways make one.
 */
final class NormalTable {
    /** Of a random number that make a value. */
    static final int BITS = 16;

    static final NormalTable SHARED = new NormalTable();

    private static final int HALF = 1 << BITS - 1;
    private static final int MASK = (1 << BITS) - 1;
    private static final double STEP = 1e-4;

    /** First those above 0, then in the same order those below. */
    private final float[] quantiles = new float[2 * HALF];

    /** By integrating the density from 0 on. StrictMath: the same on every machine. */
    private NormalTable() {
        double[] exact = new double[HALF];
        double area = 0;
        double z = 0;
        double squares = 0;
        for (int i = 0; i < HALF; i++) {
            double wanted = (i + 0.5) / (2 * HALF);
            double slice = slice(z);
            while (area + slice < wanted) {
                area += slice;
                z += STEP;
                slice = slice(z);
            }
            exact[i] = z + STEP * (wanted - area) / slice;
            squares += exact[i] * exact[i];
        }
        double scale = 1 / Math.sqrt(squares / HALF);
        for (int i = 0; i < HALF; i++) {
            quantiles[i] = (float) (exact[i] * scale);
            quantiles[HALF + i] = -quantiles[i];
        }
    }

    /** The area under the density over one step from z on, by Simpson's rule. */
    private static double slice(double z) {
        return STEP / 6 * (density(z) + 4 * density(z + STEP / 2) + density(z + STEP));
    }

    private static double density(double z) {
        return StrictMath.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    /** The value of the lowest {@value #BITS} bits. */
    float value(long bits) {
        return quantiles[(int) bits & MASK];
    }
}

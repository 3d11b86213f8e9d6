package org.aevo.stat;

/**
 * Student's distribution of whole degrees of freedom, by the finite sums of Abramowitz and Stegun, Handbook of Mathematical
 * Functions, 26.7.3 and 26.7.4: exact but for rounding.
 */
public final class StudentT {
    private StudentT() {}

    /** The probability that |T| is at most t. */
    public static double within(double t, int degrees) {
        double angle = Math.atan(t / Math.sqrt(degrees));
        double cosine = Math.cos(angle);
        boolean odd = degrees % 2 != 0;
        double term = odd ? cosine : 1;
        double sum = degrees == 1 ? 0 : term;
        for (int k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
            term *= cosine * cosine * (k - 1) / k;
            sum += term;
        }
        double series = Math.sin(angle) * sum;
        return odd ? 2 / Math.PI * (angle + series) : series;
    }

    /**
     * The t that |T| is within with a probability.
     *
     * @param degrees of freedom, 1 or more
     */
    public static double quantile(double probability, int degrees) {
        if (degrees < 1 || !(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException(
                    "no quantile of " + probability + ", " + degrees + " degrees of freedom");
        }
        double low = 0;
        double high = 1;
        while (within(high, degrees) < probability) {
            high *= 2;
        }
        for (double middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
            if (within(middle, degrees) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}

package org.aevo.surrogate;

/**
 * What a model expects of a genome.
 *
 * @param mean of its value
 * @param deviation standard deviation, positive
 */
record Expectation(double mean, double deviation) {
    /** Below it, the formula for improvements loses its digits. */
    private static final double FAR = -6;

    private static final double ROOT_OF_TWO_PI = StrictMath.sqrt(2 * Math.PI);

    /**
     * Logarithm of the expected improvement upon a value (Jones, Schonlau and Welch 1998): of two genomes the one is promising of which
     * it is larger.
     */
    double logImprovement(double best) {
        double z = (best - mean) / deviation;
        if (z < FAR) {
            // by the asymptotic expansion of Mills' ratio
            return StrictMath.log(deviation / ROOT_OF_TWO_PI) - z * z / 2 - 2 * StrictMath.log(-z);
        }
        return StrictMath.log(deviation * (z * below(z) + density(z)));
    }

    private static double density(double z) {
        return StrictMath.exp(-z * z / 2) / ROOT_OF_TWO_PI;
    }

    /** Share of the normal distribution below: Abramowitz and Stegun 1964, 26.2.17 (off by less than 1e-7). */
    private static double below(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double series =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        double above = density(z) * series;
        return z > 0 ? 1 - above : above;
    }
}

package org.aevo.metric;

/**
 * Makes each value of codes one of mean 0 and standard deviation 1; one that is always the same becomes 0.
 *
 * @param means of each value
 * @param deviations of each value; 1 where all are the same but for rounding
 */
public record Standardisation(double[] means, double[] deviations) {
    private static final double EPSILON = Math.ulp(1.0);

    /**
     * @param codes finite, in C order [sample, value]
     */
    public static Standardisation of(float[] codes, int size) {
        int count = codes.length / size;
        double[] means = new double[size];
        for (int i = 0; i < codes.length; i++) {
            means[i % size] += codes[i] / (double) count;
        }
        double[] deviations = new double[size];
        for (int i = 0; i < codes.length; i++) {
            double difference = codes[i] - means[i % size];
            deviations[i % size] += difference * difference / count;
        }
        for (int v = 0; v < size; v++) {
            double rounding = count * means[v] * EPSILON;
            double variance = deviations[v];
            deviations[v] = variance > count * EPSILON * variance + rounding * rounding ? Math.sqrt(variance) : 1;
        }
        return new Standardisation(means, deviations);
    }

    int size() {
        return means.length;
    }

    /** Makes whole codes such ones, in C order [sample, value]. */
    public void apply(float[] codes) {
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (float) apply(codes[i], i % size());
        }
    }

    double apply(float value, int v) {
        return (value - means[v]) / deviations[v];
    }
}

package org.aevo.train.dl4j;

/** Probabilities of what goes into a softmax, as {@link org.aevo.network.Activation#SOFTMAX} says. */
final class Softmax {
    private Softmax() {}

    /**
     * In place of the values.
     *
     * @param values [sample, class]
     */
    static void apply(float[] values, int classes) {
        double[] powers = new double[classes];
        for (int from = 0; from < values.length; from += classes) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < classes; i++) {
                largest = Math.max(largest, values[from + i]);
            }
            double sum = 0;
            for (int i = 0; i < classes; i++) {
                // the largest power is 1: no sum overflows
                powers[i] = Math.exp((double) values[from + i] - largest);
                sum += powers[i];
            }
            for (int i = 0; i < classes; i++) {
                values[from + i] = (float) (powers[i] / sum);
            }
        }
    }
}

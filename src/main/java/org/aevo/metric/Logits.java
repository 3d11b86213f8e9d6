package org.aevo.metric;

/**
 * What the numbers say that go into a softmax, for one sample: {@code size} of them from a place in an array on. In doubles
 * and from the numbers themselves, so that no probability rounds to 0 before its logarithm is taken.
 */
public final class Logits {
    private Logits() {}

    /**
     * The logarithm of the sum of their exponentials; finite wherever they are.
     *
     * @return NaN if one of them is
     */
    public static double logSumExp(float[] logits, int from, int size) {
        double largest = logits[from + largest(logits, from, size)];
        double sum = 0;
        for (int i = from; i < from + size; i++) {
            sum += Math.exp(logits[i] - largest);
        }
        return largest + Math.log(sum);
    }

    /**
     * {@code -ln p} of a class, {@code p} being the probability that the softmax gives it: at least 0.
     *
     * @param of the class, from 0
     */
    public static double crossEntropy(float[] logits, int from, int size, int of) {
        return logSumExp(logits, from, size) - logits[from + of];
    }

    /** The class that is most probable: the first of those that are. */
    public static int largest(float[] logits, int from, int size) {
        int best = 0;
        for (int i = 1; i < size; i++) {
            if (logits[from + i] > logits[from + best]) {
                best = i;
            }
        }
        return best;
    }

    /** Writes the probabilities of all classes to the same place of another array. */
    public static void softmax(float[] logits, int from, int size, float[] probabilities) {
        double scale = logSumExp(logits, from, size);
        for (int i = from; i < from + size; i++) {
            probabilities[i] = (float) Math.exp(logits[i] - scale);
        }
    }
}

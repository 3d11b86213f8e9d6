package org.aevo.metric;

/**
 * How often samples of a class were told to be of another: in scikit-learn {@code confusion_matrix(true, predicted,
 * labels=range(classes))}.
 */
public final class ConfusionMatrix {
    private final long[][] counts;
    private long samples;

    /** One without samples. */
    public ConfusionMatrix(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("classes must be at least 1, were " + classes);
        }
        counts = new long[classes][classes];
    }

    /** Takes a sample in: its class, and the one that was predicted, both from 0. */
    public void add(int truth, int predicted) {
        counts[truth][predicted]++;
        samples++;
    }

    /** A copy, [class][predicted class]. */
    public long[][] counts() {
        long[][] copy = new long[counts.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts[i].clone();
        }
        return copy;
    }

    /** Samples taken in. */
    public long samples() {
        return samples;
    }

    /** Share of samples whose class was predicted; NaN without samples. */
    public double accuracy() {
        long right = 0;
        for (int i = 0; i < counts.length; i++) {
            right += counts[i][i];
        }
        return (double) right / samples;
    }

    /**
     * Mean over classes of the harmonic mean of precision and recall, in scikit-learn {@code f1_score(true, predicted,
     * average="macro")}: 0 for a class that was never predicted rightly, and a class that no sample has and none was told
     * to be is left out, as it is nowhere to be seen in the two lists that scikit-learn is given.
     *
     * @return NaN without samples
     */
    public double macroF1() {
        double sum = 0;
        int seen = 0;
        for (int i = 0; i < counts.length; i++) {
            long both = 0;
            for (int j = 0; j < counts.length; j++) {
                both += counts[i][j] + counts[j][i];
            }
            if (both > 0) {
                sum += 2.0 * counts[i][i] / both;
                seen++;
            }
        }
        return sum / seen;
    }
}

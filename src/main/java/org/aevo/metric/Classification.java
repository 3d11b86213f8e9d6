package org.aevo.metric;

import java.util.Arrays;

/**
 * How well a classifier tells the classes of samples, from what goes into its softmax, batch by batch: in scikit-learn
 * {@code accuracy_score}, {@code log_loss} and {@code f1_score} of the probabilities. The class that is predicted is the
 * first of those with the largest number.
 */
public final class Classification {
    private final ConfusionMatrix confusion;
    private final int classes;
    private double crossEntropies;
    private boolean finite = true;

    public Classification(int classes) {
        this.classes = classes;
        this.confusion = new ConfusionMatrix(classes);
    }

    /**
     * Takes samples in.
     *
     * @param logits in C order [sample, class]
     * @param labels the classes of all samples that there are, each from 0
     * @param from the first sample that the logits are of; they are of as many as there are
     * @throws IllegalArgumentException if there are fewer labels, or no whole number of samples
     */
    public void add(float[] logits, int[] labels, int from) {
        int count = logits.length / classes;
        if (logits.length % classes != 0 || from < 0 || labels.length - from < count) {
            throw new IllegalArgumentException(
                    logits.length + " values for " + classes + " classes of " + (labels.length - from) + " samples");
        }
        finite &= Arguments.finite(logits);
        for (int i = 0; i < count; i++) {
            int truth = labels[from + i];
            crossEntropies += Logits.crossEntropy(logits, i * classes, classes, truth);
            confusion.add(truth, Logits.largest(logits, i * classes, classes));
        }
    }

    /** Mean over samples of {@code -ln p} of the right class; NaN if a number was not finite, or without samples. */
    public double crossEntropy() {
        return finite ? crossEntropies / confusion.samples() : Double.NaN;
    }

    /** Share of samples that were told right; NaN as {@link #crossEntropy}. */
    public double accuracy() {
        return finite ? confusion.accuracy() : Double.NaN;
    }

    /** As {@link ConfusionMatrix#macroF1}; NaN as {@link #crossEntropy}. */
    public double macroF1() {
        return finite ? confusion.macroF1() : Double.NaN;
    }

    /** Which class was told to be which. */
    public ConfusionMatrix confusion() {
        return confusion;
    }

    @Override
    public String toString() {
        return confusion.samples() + " samples: " + Arrays.deepToString(confusion.counts());
    }
}

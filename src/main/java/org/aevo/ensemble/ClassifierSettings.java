package org.aevo.ensemble;

/**
 * The classifier that codes feed, and how it is trained: by Adam, each epoch with all training samples. The weights of
 * the epoch with the lowest cross-entropy on validation samples count.
 *
 * @param hidden units of its hidden layer, with rectifiers; 0 for the softmax layer alone
 * @param epochs that it is trained for, without early stopping
 * @param learningRate of Adam
 * @param batchSize samples of a step
 */
public record ClassifierSettings(int hidden, int epochs, double learningRate, int batchSize) {
    public ClassifierSettings {
        if (hidden < 0) {
            throw new IllegalArgumentException("hidden units must be at least 0, were " + hidden);
        }
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs of a classifier must be at least 1, were " + epochs);
        }
        if (!(learningRate > 0 && Double.isFinite(learningRate))) {
            throw new IllegalArgumentException("learning rate must be positive, was " + learningRate);
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch size must be at least 1, was " + batchSize);
        }
    }
}

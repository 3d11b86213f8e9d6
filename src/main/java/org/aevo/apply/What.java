package org.aevo.apply;

/** What is made of new samples. */
public enum What {
    /** The output of the bottleneck. */
    CODES,
    /** The output of the network. */
    RECONSTRUCTIONS,
    /** The mean squared difference of input and output, one number per sample. */
    ERRORS,
    /** Of a classifier: the label of the most probable class, of equals the first; one whole number per sample. */
    LABELS,
    /** Of a classifier: those of the classes. */
    PROBABILITIES;

    /** Whether classifiers give it, and autoencoders do not. */
    public boolean ofClassifiers() {
        return this == LABELS || this == PROBABILITIES;
    }
}

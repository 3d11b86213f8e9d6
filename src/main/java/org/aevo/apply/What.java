package org.aevo.apply;

/** What is made of new samples. */
public enum What {
    /** The output of the bottleneck. */
    CODES,
    /** The output of the network. */
    RECONSTRUCTIONS,
    /** The mean squared difference of input and output, one number per sample. */
    ERRORS
}

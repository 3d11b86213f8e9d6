package org.aevo.genome;

/** Which genes an encoder may consist of. */
public enum Family {
    /** {@link Gene.Dense} only. */
    DENSE,
    /** {@link Gene.Convolution} and {@link Gene.MaxPooling} only; needs images. */
    CONVOLUTIONAL,
    /** Convolution and pooling, then dense genes; either part may be empty. Needs images. */
    MIXED
}

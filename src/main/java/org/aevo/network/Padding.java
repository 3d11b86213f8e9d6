package org.aevo.network;

/** What a window that goes along an image, and reaches beyond its border, finds there. */
public enum Padding {
    /**
     * As much is added around the image as makes the output's sides those of the input divided by the stride, rounded up:
     * zeros for a convolution, nothing that could be the largest for a pooling.
     */
    SAME,
    /** Nothing is added: windows lie within the image, and its sides become {@code (side - kernel) / stride + 1}, rounded down. */
    VALID
}

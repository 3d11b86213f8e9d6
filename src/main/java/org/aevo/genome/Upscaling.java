package org.aevo.genome;

/** How decoders enlarge images: all that is mirrored of one in the same way, each gene of a free one in its own. */
public enum Upscaling {
    /** Nearest-neighbour upsampling, then a convolution of stride 1. */
    UPSAMPLING,
    /** A transposed convolution with the stride of the mirrored layer, or the factor of the gene. */
    DECONVOLUTION
}

package org.aevo.genome;

/** How the mirrored decoder enlarges images where the encoder shrank them. */
public enum Upscaling {
    /** Nearest-neighbour upsampling, then a convolution of stride 1. */
    UPSAMPLING,
    /** A transposed convolution with the stride of the mirrored layer. */
    DECONVOLUTION
}

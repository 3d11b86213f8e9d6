package org.aevo.genome;

/** What a section of a genome describes, and which genes may stand in it, in which order. */
public enum Role {
    /** From the samples to the bottleneck: convolutions and poolings, then dense genes. */
    ENCODER,
    /** From the bottleneck to the output: dense genes, then up-convolutions. */
    DECODER;

    /** Whether a gene of this kind may stand in such a section. */
    public boolean holds(Gene gene) {
        return !gene.spatial() || (gene instanceof Gene.Upconvolution) == (this == DECODER);
    }

    /** Whether a gene may stand right behind another: images become vectors once at most, or vectors images. */
    public boolean mayFollow(Gene before, Gene gene) {
        Gene towardsImage = this == DECODER ? gene : before;
        Gene towardsVector = this == DECODER ? before : gene;
        return towardsImage.spatial() || !towardsVector.spatial();
    }
}

package org.aevo.genome;

import java.util.Locale;

/** What a section of a genome describes, and which genes may stand in it, in which order. */
public enum Role {
    /** Of an autoencoder, from the samples to the bottleneck: convolutions and poolings, then dense genes. */
    ENCODER("e"),
    /** Of an autoencoder, from the bottleneck to the output: dense genes, then up-convolutions. */
    DECODER("d"),
    /** Of a classifier, from the samples on: convolutions and poolings. */
    FEATURES("f"),
    /** Of a classifier, from the features to the output: dense genes. */
    HEAD("h");

    private final String prefix;

    Role(String prefix) {
        this.prefix = prefix;
    }

    /** Whether it is a section of classifiers; the others are of autoencoders. */
    public boolean classifies() {
        return this == FEATURES || this == HEAD;
    }

    /** Whether values go from the code towards images: spatial genes enlarge then, and stand behind dense ones. */
    public boolean enlarges() {
        return this == DECODER;
    }

    /** Which kinds of genes such a section may have in a space of a family. */
    public Family family(Family space) {
        return switch (this) {
            case ENCODER, DECODER -> space;
            case FEATURES -> Family.CONVOLUTIONAL;
            case HEAD -> Family.DENSE;
        };
    }

    /** Whether a gene of this kind may stand in such a section. */
    public boolean holds(Gene gene) {
        return gene.spatial() ? this != HEAD && (gene instanceof Gene.Upconvolution) == enlarges() : this != FEATURES;
    }

    /** Whether a gene may stand right behind another: images become vectors once at most, or vectors images. */
    public boolean mayFollow(Gene before, Gene gene) {
        Gene towardsImage = enlarges() ? gene : before;
        Gene towardsVector = enlarges() ? before : gene;
        return towardsImage.spatial() || !towardsVector.spatial();
    }

    /** {@code an encoder}, {@code features}. */
    String article() {
        return switch (this) {
            case ENCODER -> "an encoder";
            case DECODER -> "a decoder";
            case FEATURES -> "features";
            case HEAD -> "a head";
        };
    }

    /** As the names of its layers begin, before the number: {@code e} of {@code e0_conv}. */
    String prefix() {
        return prefix;
    }

    /** As messages call it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

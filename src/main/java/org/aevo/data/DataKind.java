package org.aevo.data;

import java.util.Locale;

/** The kinds of data sets that can be read or made. */
public enum DataKind {
    /** The four IDX files of Fashion-MNIST, in a directory. */
    FASHION_MNIST,
    /** The four IDX files of MNIST (or a set in its form), in a directory. */
    MNIST,
    /** One IDX file of samples, and perhaps one of labels. */
    IDX,
    /** The binary version of CIFAR-10, in a directory. */
    CIFAR10,
    /** An array in an HDF5 file. */
    HDF5,
    /** A NumPy array, .npy or in an .npz. */
    NPY,
    /** A table of text: a row is a sample. */
    CSV,
    /** A folder of PNG or JPEG images, or of a folder of them for each class. */
    IMAGES,
    /** A rolled-up plane in three dimensions. */
    SWISS_ROLL,
    /** An S-shaped plane in three dimensions. */
    S_CURVE,
    /** Gaussian clusters. */
    BLOBS;

    /** As it stands in an input file: {@code fashion-mnist}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the samples are computed; such a kind has no path. */
    public boolean isSynthetic() {
        return this == SWISS_ROLL || this == S_CURVE || this == BLOBS;
    }
}

package org.aevo.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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

    /**
     * The kind of a text.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static DataKind parse(String text) {
        for (DataKind kind : values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not one of "
                + Arrays.stream(values()).map(DataKind::text).collect(Collectors.joining(", ")));
    }

    /** Whether the samples are computed; such a kind has no path. */
    public boolean isSynthetic() {
        return this == SWISS_ROLL || this == S_CURVE || this == BLOBS;
    }

    /** Whether the set has a test part of its own. */
    public boolean hasOfficialTest() {
        return this == FASHION_MNIST || this == MNIST || this == CIFAR10;
    }
}

package org.aevo.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What is measured of a trained network beside its losses, on validation samples; and what tasks of ensembles find, of test
 * samples too where the name says so. The ordinal is the code in files and messages: append only.
 */
public enum Figure {
    /** Peak signal-to-noise ratio of the reconstructions; higher is better, without bound. */
    PSNR("dB", "peak signal-to-noise ratio of reconstructions, mean over samples"),
    /** Structural similarity of the reconstructions (Wang et al. 2004), at most 1. */
    SSIM("", "structural similarity of reconstructions, mean over samples"),
    /** How few neighbours of a code are false, in [0, 1] (Venna and Kaski 2001). */
    TRUSTWORTHINESS("", "trustworthiness of the codes: few false neighbours; 1 is best"),
    /** How few neighbours are lost on the way to the code, in [0, 1]. */
    CONTINUITY("", "continuity of the codes: few lost neighbours; 1 is best"),
    /** Share of samples whose label a linear classifier finds from the code. */
    PROBE_ACCURACY("", "share of labels that a linear probe finds from the code"),
    /** Share of samples whose label the nearest codes of training samples vote for. */
    KNN_ACCURACY("", "share of labels that the nearest codes of training samples vote for"),
    /** Share of samples whose most probable class is their label. */
    ACCURACY("", "share of samples whose most probable class is their label"),
    /** {@code -ln p} of the probability of the right class, mean over samples; lower is better, without bound. */
    CROSS_ENTROPY("", "cross-entropy: -ln of the probability of the right class, mean over samples"),
    /** Mean over classes of the harmonic mean of precision and recall. */
    MACRO_F1("", "F1 score, mean over classes"),
    /** {@link #ACCURACY} on test samples: of an ensemble's classifiers and votes alone, by which nothing is chosen. */
    TEST_ACCURACY("", "share of test samples whose most probable class is their label"),
    /** Share of samples whose label most members of an ensemble tell. */
    MAJORITY_ACCURACY("", "share of samples whose label is what most members of an ensemble tell"),
    /** The same on test samples. */
    TEST_MAJORITY_ACCURACY("", "share of test samples whose label is what most members of an ensemble tell"),
    /** How often two members of an ensemble tell different classes. */
    DISAGREEMENT("", "share of samples of which two members of an ensemble tell different classes, mean over pairs"),
    /** The same on test samples. */
    TEST_DISAGREEMENT("", "share of test samples of which two members tell different classes, mean over pairs"),
    /** How far two members of an ensemble are wrong about the same samples: the phi coefficient. */
    ERROR_CORRELATION("", "correlation of whether two members of an ensemble are wrong, mean over pairs"),
    /** The same on test samples. */
    TEST_ERROR_CORRELATION("", "correlation of whether two members are wrong about test samples, mean over pairs");

    private static final List<Figure> OF_NETWORKS = List.copyOf(Arrays.stream(values())
            .filter(figure -> figure.compareTo(TEST_ACCURACY) < 0)
            .toList());

    private final String unit;
    private final String meaning;

    Figure(String unit, String meaning) {
        this.unit = unit;
        this.meaning = meaning;
    }

    /** Its name in tables and files: {@code probe_accuracy}. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What stands above its numbers in every table: the column, and the unit if it has one: {@code psnr_dB}. */
    public String head() {
        return unit.isEmpty() ? column() : column() + "_" + unit;
    }

    /** {@code dB}, or empty for a plain number. */
    public String unit() {
        return unit;
    }

    /** What people call it, in the middle of a sentence. */
    public String title() {
        return switch (this) {
            case PSNR, SSIM -> name();
            case TRUSTWORTHINESS, CONTINUITY, ACCURACY -> column();
            case PROBE_ACCURACY -> "accuracy of a linear probe";
            case KNN_ACCURACY -> "accuracy of k-NN";
            case CROSS_ENTROPY -> "cross-entropy";
            case MACRO_F1 -> "macro-F1";
            case TEST_ACCURACY -> "accuracy on test samples";
            case MAJORITY_ACCURACY -> "accuracy of the majority";
            case TEST_MAJORITY_ACCURACY -> "accuracy of the majority on test samples";
            case DISAGREEMENT -> "disagreement";
            case TEST_DISAGREEMENT -> "disagreement on test samples";
            case ERROR_CORRELATION -> "correlation of errors";
            case TEST_ERROR_CORRELATION -> "correlation of errors on test samples";
        };
    }

    /** One line without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** Those that a network alone can have, and that a search may lower: none of an ensemble, and none of test samples. */
    public static List<Figure> ofNetworks() {
        return List.copyOf(OF_NETWORKS);
    }

    /**
     * The figure of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Figure of(int code) {
        if (code < 0 || code >= values().length) {
            throw new IllegalArgumentException("no figure has code " + code);
        }
        return values()[code];
    }
}

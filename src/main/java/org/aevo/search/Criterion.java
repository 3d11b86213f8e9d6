package org.aevo.search;

import java.util.Locale;
import java.util.Optional;
import org.aevo.network.EnumText;

/**
 * What a search of several objectives may lower. Whatever is better the higher it is has been turned round: 1 less a figure
 * that is at most 1, the negative of one without bound. Their texts stand in inputs, journals and run.h5: none may change.
 */
public enum Criterion {
    /** Mean squared error per value on the validation split. */
    VALIDATION_LOSS,
    /** The negative of {@link Figure#PSNR}. */
    PSNR,
    /** 1 less {@link Figure#SSIM}; likewise those below. */
    SSIM,
    TRUSTWORTHINESS,
    CONTINUITY,
    PROBE_ACCURACY,
    KNN_ACCURACY,
    ACCURACY,
    /** {@link Figure#CROSS_ENTROPY} as it is. */
    CROSS_ENTROPY,
    MACRO_F1,
    /** Trainable numbers. */
    PARAMETERS,
    /** Of gradient steps: the machine's too, so that the same candidate has others the next time. */
    TRAINING_SECONDS,
    /** Floating-point operations of a pass forward of one sample, as layers estimate them. */
    OPERATIONS,
    /** Values of the code. */
    CODE_SIZE;

    /** The figure that it stands on; empty if on none. */
    public Optional<Figure> figure() {
        return switch (this) {
            case VALIDATION_LOSS, PARAMETERS, TRAINING_SECONDS, OPERATIONS, CODE_SIZE -> Optional.empty();
            default -> Optional.of(Figure.valueOf(name()));
        };
    }

    /** Lower is better; NaN if what it stands on was not measured. */
    public double of(Measured measured) {
        return switch (this) {
            case VALIDATION_LOSS -> measured.validationLoss();
            case PARAMETERS -> measured.parameters();
            case TRAINING_SECONDS -> measured.trainSeconds();
            case OPERATIONS -> measured.operations();
            case CODE_SIZE -> measured.codeSize();
            default -> lowered(figure().orElseThrow(), measured);
        };
    }

    private static double lowered(Figure figure, Measured measured) {
        double value = measured.figures().getOrDefault(figure, Double.NaN);
        return switch (figure) {
            case CROSS_ENTROPY -> value;
            case PSNR -> -value;
            default -> 1 - value;
        };
    }

    /** As inputs have it: {@code validation-loss}. */
    public String text() {
        return EnumText.of(this);
    }

    /** What people call what is lowered: {@code 1 - SSIM}, {@code parameters}. */
    public String title() {
        return switch (this) {
            case VALIDATION_LOSS -> "validation loss";
            case PARAMETERS -> "parameters";
            case TRAINING_SECONDS -> "training seconds";
            case OPERATIONS -> "operations forward per sample";
            case CODE_SIZE -> "values of the code";
            case CROSS_ENTROPY -> Figure.CROSS_ENTROPY.title();
            case PSNR -> "-PSNR (dB)";
            default -> "1 - " + figure().orElseThrow().title();
        };
    }

    /** What people call the objective of a text that a record has; the text itself where this program knows none of it. */
    public static String title(String text) {
        for (Criterion criterion : values()) {
            if (criterion.text().equals(text)) {
                return criterion.title();
            }
        }
        return text;
    }

    /** The column of tables and files for the objective of a text: {@code objective_validation_loss}. */
    public static String column(String text) {
        return "objective_" + text.replace('-', '_').toLowerCase(Locale.ROOT);
    }
}

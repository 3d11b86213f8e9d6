package org.aevo.cli;

import java.util.Locale;
import org.aevo.search.Evaluation;
import org.aevo.search.Figure;

/** How good a classifier is, behind its fitness: {@code , accuracy 0.9130, cross-entropy 0.2410}. */
final class AccuracyText {
    private AccuracyText() {}

    /** Empty of an evaluation whose accuracy was not measured. */
    static String of(Evaluation evaluation) {
        double accuracy = evaluation.score().figure(Figure.ACCURACY);
        if (!Double.isFinite(accuracy)) {
            return "";
        }
        double entropy = evaluation.score().figure(Figure.CROSS_ENTROPY);
        return String.format(Locale.ROOT, ", accuracy %.4f", accuracy)
                // which the fitness mostly is
                + (!Double.isFinite(entropy) || entropy == evaluation.fitness()
                        ? ""
                        : ", cross-entropy " + Terminal.loss(entropy));
    }
}

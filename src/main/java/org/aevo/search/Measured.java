package org.aevo.search;

import java.util.Map;

/**
 * All that is known of an evaluated network and may be lowered. Of several folds losses and figures are means.
 *
 * @param validationLoss mean squared error per value on the validation split; NaN of classifiers
 * @param figures what was measured beside it
 * @param parameters trainable numbers of one network
 * @param trainSeconds of gradient steps, of all folds together
 * @param operations floating-point operations of a pass forward of one sample, estimated
 * @param codeSize values of the code; NaN of a network without one
 */
public record Measured(
        double validationLoss,
        Map<Figure, Double> figures,
        long parameters,
        double trainSeconds,
        double operations,
        double codeSize) {
    public Measured {
        figures = Map.copyOf(figures);
    }
}

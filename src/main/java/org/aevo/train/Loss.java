package org.aevo.train;

import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.EnumText;

/** What gradient steps lower: a mean over the samples, channels, rows and columns of a batch. */
public enum Loss {
    /** The squared difference between output and target. */
    MSE,
    /**
     * {@code - t ln(p) - (1 - t) ln(1 - p)} of a target t in [0, 1] and an output p in (0, 1). Computed from z, what goes
     * into the sigmoid of the last layer: {@code max(z, 0) - z t + ln(1 + exp(-|z|))}. So nothing is clamped: the loss is
     * finite for every finite z, and its derivative by z is {@code p - t} even where p rounds to 0 or 1.
     */
    BINARY_CROSS_ENTROPY;

    /**
     * @throws IllegalArgumentException if a network of this blueprint cannot be trained with it: cross-entropy is of
     *     outputs of a sigmoid
     */
    public void check(Blueprint blueprint) {
        if (this == BINARY_CROSS_ENTROPY && blueprint.outputActivation() != Activation.SIGMOID) {
            throw new IllegalArgumentException(
                    "binary cross-entropy needs the output activation sigmoid, the network has "
                            + EnumText.of(blueprint.outputActivation()));
        }
    }

    /**
     * The network whose output is what this loss is computed from: for cross-entropy the one without the sigmoid at its
     * end.
     */
    public Blueprint trained(Blueprint blueprint) {
        return this == MSE ? blueprint : blueprint.withOutputActivation(Activation.IDENTITY);
    }
}

package org.aevo.train;

import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Optional;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.EnumText;
import org.aevo.network.Layer;
import org.aevo.network.Node;

/** What gradient steps lower: a mean over the samples of a batch, and, but for {@link #CROSS_ENTROPY}, over channels, rows and columns. */
public enum Loss {
    /** The squared difference between output and target. */
    MSE,
    /**
     * {@code - t ln(p) - (1 - t) ln(1 - p)} of a target t in [0, 1] and an output p in (0, 1). Computed from z, what goes
     * into the sigmoid of the last layer: {@code max(z, 0) - z t + ln(1 + exp(-|z|))}. So nothing is clamped: the loss is
     * finite for every finite z, and its derivative by z is {@code p - t} even where p rounds to 0 or 1.
     */
    BINARY_CROSS_ENTROPY,
    /**
     * {@code - sum of t ln(p)} over the classes, of targets t that sum to 1 and the probabilities p that a softmax makes of z;
     * the mean over samples. Computed from z: {@code ln(sum of exp(z)) - sum of t z}. So nothing is clamped, and the derivative
     * by z is {@code p - t}.
     */
    CROSS_ENTROPY;

    /**
     * @throws IllegalArgumentException if a network of this blueprint cannot be trained with it: cross-entropy is of
     *     outputs of a sigmoid or a softmax, which a sum is not
     */
    public void check(Blueprint blueprint) {
        refusal(blueprint).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
    }

    /** Why a network of this blueprint cannot be trained with it, if it cannot. */
    public Optional<String> refusal(Blueprint blueprint) {
        if (this == MSE) {
            return Optional.empty();
        }
        Activation needed = this == CROSS_ENTROPY ? Activation.SOFTMAX : Activation.SIGMOID;
        if (blueprint.outputActivation() == needed) {
            // what is behind a softmax could put out some of the classes, and leave the others' probabilities away
            Layer last = blueprint.output().layer();
            return this == CROSS_ENTROPY && !(last instanceof Layer.Dense)
                    ? Optional.of(text() + " is of what a dense layer puts out, the output is layer " + last.name())
                    : Optional.empty();
        }
        String found = sum(blueprint)
                .map(node -> "but the output is the sum " + node.name() + ", which has no activation")
                .orElseGet(() -> "the network has " + EnumText.of(blueprint.outputActivation()));
        return Optional.of(text() + " needs the output activation " + EnumText.of(needed) + ", " + found);
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT).replace("_cross_", " cross-").replace('_', '-');
    }

    /** The sum that the output is, or is moved from: nothing on the way has an activation. */
    private static Optional<Node> sum(Blueprint blueprint) {
        Optional<Node> node = Optional.of(blueprint.output());
        while (node.isPresent() && !(node.get().layer() instanceof Layer.Activated)) {
            if (node.get().layer() instanceof Layer.Join) {
                return node;
            }
            node = blueprint.node(node.get().inputs().get(0));
        }
        return Optional.empty();
    }

    /**
     * That of outputs which say nothing of the inputs, on the samples {@code order[from]} to {@code order[to - 1]}: zeros, or
     * probabilities that are all the same.
     */
    double ofBlankOutputs(Samples targets, int[] order, int from, int to) {
        if (this != MSE) {
            return Math.log(this == CROSS_ENTROPY ? targets.shape().size() : 2);
        }
        float[] values = new float[Math.toIntExact(targets.shape().size() * (to - from))];
        targets.copy(order, from, to, FloatBuffer.wrap(values));
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum / values.length;
    }

    /**
     * The network whose output is what this loss is computed from: for cross-entropy the one without the activation at its
     * end.
     */
    public Blueprint trained(Blueprint blueprint) {
        return this == MSE ? blueprint : blueprint.withOutputActivation(Activation.IDENTITY);
    }
}

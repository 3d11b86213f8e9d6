package org.aevo.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.search.Weights;

/**
 * The weights that training starts from, drawn here so that every engine starts from the same. Uniform with variance
 * 2 / fan-in before rectifiers (He et al. 2015) and 2 / (fan-in + fan-out) before other activations (Glorot and Bengio
 * 2010); biases are 0; normalisation starts as the identity.
 */
public final class InitialWeights {
    private InitialWeights() {}

    /** In the names and layouts of {@link Network#weights}. */
    public static Weights of(Blueprint blueprint, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Weights.Array> arrays = new ArrayList<>();
        for (Layer layer : blueprint.layers()) {
            WeightShapes.of(layer).forEach((name, shape) -> arrays.add(initial(layer, name, shape, random)));
        }
        return new Weights(arrays);
    }

    private static Weights.Array initial(Layer layer, String name, int[] shape, SplittableRandom random) {
        float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        if (name.endsWith("_W")) {
            double bound = bound(layer);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        } else if (name.endsWith("_gamma") || name.endsWith("_var")) {
            Arrays.fill(values, 1);
        }
        return new Weights.Array(name, shape, values);
    }

    private static double bound(Layer layer) {
        if (layer instanceof Layer.Dense d) {
            return bound(d.activation(), d.input().size(), d.units());
        } else if (layer instanceof Layer.Conv c) {
            int area = c.kernelRows() * c.kernel();
            return bound(c.activation(), c.input().channels() * area, c.filters() * area);
        } else if (layer instanceof Layer.Deconv c) {
            // An output value sees one place of the kernel in as many as a step has.
            double area = (double) c.kernelRows() * c.kernel() / (c.strideRows() * c.stride());
            int inputs = c.input().channels();
            return bound(c.activation(), Math.max(1, inputs * area), Math.max(1, c.filters() * area));
        }
        throw new IllegalArgumentException("layer " + layer.name() + " has no weights to draw");
    }

    private static double bound(Activation activation, double fanIn, double fanOut) {
        double variance =
                switch (activation) {
                    case RELU, LEAKY_RELU, ELU, SWISH -> 2 / fanIn;
                    case TANH, SIGMOID, IDENTITY, HARD_SIGMOID, SOFTMAX -> 2 / (fanIn + fanOut);
                };
        return Math.sqrt(3 * variance);
    }
}

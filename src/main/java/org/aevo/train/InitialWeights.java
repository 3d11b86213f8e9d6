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
            if (layer instanceof Layer.Dense d) {
                int inputs = Math.toIntExact(d.input().size());
                double bound = bound(d.activation(), inputs, d.units());
                arrays.add(uniform(d.name(), bound, random, inputs, d.units()));
                arrays.add(constant(d.name() + "_b", 0, d.units()));
            } else if (layer instanceof Layer.Conv c) {
                int area = c.kernelRows() * c.kernel();
                int inputs = c.input().channels();
                double bound = bound(c.activation(), inputs * area, c.filters() * area);
                arrays.add(uniform(c.name(), bound, random, c.filters(), inputs, c.kernelRows(), c.kernel()));
                addPerFilter(arrays, c.name(), c.filters(), c.batchNormalization());
            } else if (layer instanceof Layer.Deconv c) {
                // An output value sees one place of the kernel in as many as a step has.
                double area = (double) c.kernelRows() * c.kernel() / (c.strideRows() * c.stride());
                int inputs = c.input().channels();
                double bound = bound(c.activation(), Math.max(1, inputs * area), Math.max(1, c.filters() * area));
                arrays.add(uniform(c.name(), bound, random, inputs, c.filters(), c.kernelRows(), c.kernel()));
                addPerFilter(arrays, c.name(), c.filters(), c.batchNormalization());
            }
        }
        return new Weights(arrays);
    }

    private static void addPerFilter(List<Weights.Array> arrays, String layer, int filters, boolean normalized) {
        arrays.add(constant(layer + "_b", 0, filters));
        if (normalized) {
            arrays.add(constant(layer + "_gamma", 1, filters));
            arrays.add(constant(layer + "_beta", 0, filters));
            arrays.add(constant(layer + "_mean", 0, filters));
            arrays.add(constant(layer + "_var", 1, filters));
        }
    }

    private static double bound(Activation activation, double fanIn, double fanOut) {
        double variance =
                switch (activation) {
                    case RELU, LEAKY_RELU, ELU, SWISH -> 2 / fanIn;
                    case TANH, SIGMOID, IDENTITY -> 2 / (fanIn + fanOut);
                };
        return Math.sqrt(3 * variance);
    }

    private static Weights.Array uniform(String layer, double bound, SplittableRandom random, int... shape) {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return new Weights.Array(layer + "_W", shape, values);
    }

    private static Weights.Array constant(String name, float value, int size) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return new Weights.Array(name, new int[] {size}, values);
    }
}

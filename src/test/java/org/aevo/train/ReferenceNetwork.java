package org.aevo.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Shape;
import org.aevo.search.Weights;

/**
 * A network computed forward in double precision by the definitions in {@link Layer}, written as plainly as can be: the
 * oracle that engines are held against. Dropout is left out.
 */
public final class ReferenceNetwork {
    private final Blueprint blueprint;
    private final Map<String, double[]> weights = new HashMap<>();

    public ReferenceNetwork(Blueprint blueprint, Weights weights) {
        this.blueprint = blueprint;
        for (Weights.Array array : weights.arrays()) {
            double[] values = new double[array.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = array.values()[i];
            }
            this.weights.put(array.name(), values);
        }
    }

    /** The array of this name; changes are seen by the next call. */
    public double[] weight(String name) {
        return weights.get(name);
    }

    /** Mean squared error per value, with the batch's own normalisation if {@code training}. */
    public double loss(float[] batch, boolean training) {
        return loss(Loss.MSE, batch, batch, training);
    }

    /** Of what comes out for the inputs against the targets, which are of the output's shape. */
    public double loss(Loss loss, float[] inputs, float[] targets, boolean training) {
        boolean squared = loss == Loss.MSE;
        double[] output =
                forward(squared ? blueprint : blueprint.withOutputActivation(Activation.IDENTITY), inputs, training);
        if (loss == Loss.CROSS_ENTROPY) {
            return crossEntropy(output, targets);
        }
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            double t = targets[i];
            // p = 1 / (1 + e^-z) and 1 - p = 1 / (1 + e^z)
            sum += squared
                    ? (output[i] - t) * (output[i] - t)
                    : t * Math.log(1 + Math.exp(-output[i])) + (1 - t) * Math.log(1 + Math.exp(output[i]));
        }
        return sum / targets.length;
    }

    /** Mean over samples of {@code - sum of t ln(softmax(z))}. */
    private double crossEntropy(double[] z, float[] targets) {
        int classes = (int) blueprint.output().layer().output().size();
        double[] p = softmax(z, classes);
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            sum -= targets[i] == 0 ? 0 : targets[i] * Math.log(p[i]);
        }
        return sum * classes / targets.length;
    }

    private static double[] softmax(double[] z, int units) {
        double[] p = new double[z.length];
        for (int from = 0; from < z.length; from += units) {
            double sum = 0;
            for (int i = from; i < from + units; i++) {
                sum += Math.exp(z[i]);
            }
            for (int i = from; i < from + units; i++) {
                p[i] = Math.exp(z[i]) / sum;
            }
        }
        return p;
    }

    public double[] forward(float[] batch, boolean training) {
        return forward(blueprint, batch, training);
    }

    /** The code, if there is one. */
    public double[] encode(float[] batch) {
        return values(blueprint, batch, false)
                .get(blueprint.latent().orElseThrow().name());
    }

    private double[] forward(Blueprint graph, float[] batch, boolean training) {
        return values(graph, batch, training).get(graph.output().name());
    }

    /** What each node makes of a batch, by its name. */
    private Map<String, double[]> values(Blueprint graph, float[] batch, boolean training) {
        double[] x = new double[batch.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = batch[i];
        }
        int n = (int) (batch.length / blueprint.input().size());
        Map<String, double[]> values = new HashMap<>(Map.of(Blueprint.INPUT, x));
        for (Node node : graph.nodes()) {
            List<double[]> inputs = node.inputs().stream().map(values::get).toList();
            values.put(
                    node.name(),
                    node.layer() instanceof Layer.Join join
                            ? sum(join, inputs, n)
                            : apply(node.layer(), inputs.get(0), n, training));
        }
        return values;
    }

    private static double[] sum(Layer.Join join, List<double[]> inputs, int n) {
        Shape out = join.output();
        double[] z = new double[(int) (n * out.size())];
        for (int k = 0; k < inputs.size(); k++) {
            Shape given = join.inputs().get(k);
            Shape in = out.isImage() ? given : Shape.vector((int) given.size());
            for (int s = 0; s < n; s++) {
                for (int c = 0; c < Math.min(in.channels(), out.channels()); c++) {
                    for (int row = 0; row < out.height(); row++) {
                        for (int column = 0; column < out.width(); column++) {
                            int fromRow = row * in.height() / out.height();
                            int fromColumn = column * in.width() / out.width();
                            z[at(out, s, c, row, column)] += inputs.get(k)[at(in, s, c, fromRow, fromColumn)];
                        }
                    }
                }
            }
        }
        return z;
    }

    private double[] apply(Layer layer, double[] x, int n, boolean training) {
        if (layer instanceof Layer.Dense d) {
            double[] z = dense(d, x, n);
            return d.activation() == Activation.SOFTMAX ? softmax(z, d.units()) : activate(d.activation(), z);
        }
        if (layer instanceof Layer.Conv c) {
            double[] z = convolution(c, x, n);
            if (c.batchNormalization()) {
                normalize(c.name(), c.output(), z, n, training);
            }
            return activate(c.activation(), z);
        }
        if (layer instanceof Layer.Deconv c) {
            double[] z = deconvolution(c, x, n);
            if (c.batchNormalization()) {
                normalize(c.name(), c.output(), z, n, training);
            }
            return activate(c.activation(), z);
        }
        if (layer instanceof Layer.MaxPool p) {
            return maxPooling(p, x, n);
        }
        if (layer instanceof Layer.Upsample u) {
            return pick(u, x, n, 0, 0, u.factorRows(), u.factor());
        }
        if (layer instanceof Layer.Crop c) {
            return pick(c, x, n, c.top(), c.left(), 1, 1);
        }
        return x; // a reshape
    }

    private double[] dense(Layer.Dense layer, double[] x, int n) {
        int in = (int) layer.input().size();
        int out = layer.units();
        double[] w = weights.get(layer.name() + "_W");
        double[] b = weights.get(layer.name() + "_b");
        double[] z = new double[n * out];
        for (int s = 0; s < n; s++) {
            for (int o = 0; o < out; o++) {
                double sum = b[o];
                for (int i = 0; i < in; i++) {
                    sum += x[s * in + i] * w[i * out + o];
                }
                z[s * out + o] = sum;
            }
        }
        return z;
    }

    /** Zeros before the first row or column, for a window that shrinks {@code large} to {@code small} sides. */
    private static int padding(int small, int large, int kernel, int stride) {
        return Math.max(0, (small - 1) * stride + kernel - large) / 2;
    }

    private double[] convolution(Layer.Conv layer, double[] x, int n) {
        Shape in = layer.input();
        Shape out = layer.output();
        int k = layer.kernel();
        int tall = layer.axes() == Axes.BOTH ? k : 1;
        int down = layer.axes() == Axes.BOTH ? layer.stride() : 1;
        int top = padding(out.height(), in.height(), tall, down);
        int left = padding(out.width(), in.width(), k, layer.stride());
        double[] w = weights.get(layer.name() + "_W");
        double[] b = weights.get(layer.name() + "_b");
        double[] z = new double[(int) (n * out.size())];
        for (int s = 0; s < n; s++) {
            for (int o = 0; o < out.channels(); o++) {
                for (int r = 0; r < out.height(); r++) {
                    for (int c = 0; c < out.width(); c++) {
                        double sum = b[o];
                        for (int i = 0; i < in.channels(); i++) {
                            for (int kr = 0; kr < tall; kr++) {
                                for (int kc = 0; kc < k; kc++) {
                                    int row = r * down + kr - top;
                                    int column = c * layer.stride() + kc - left;
                                    if (inside(in, row, column)) {
                                        sum += x[at(in, s, i, row, column)]
                                                * w[((o * in.channels() + i) * tall + kr) * k + kc];
                                    }
                                }
                            }
                        }
                        z[at(out, s, o, r, c)] = sum;
                    }
                }
            }
        }
        return z;
    }

    /** Each input value lays its kernel over the output, where a convolution with the same padding would look. */
    private double[] deconvolution(Layer.Deconv layer, double[] x, int n) {
        Shape in = layer.input();
        Shape out = layer.output();
        int k = layer.kernel();
        int tall = layer.axes() == Axes.BOTH ? k : 1;
        int down = layer.axes() == Axes.BOTH ? layer.stride() : 1;
        int top = padding(in.height(), out.height(), tall, down);
        int left = padding(in.width(), out.width(), k, layer.stride());
        double[] w = weights.get(layer.name() + "_W");
        double[] b = weights.get(layer.name() + "_b");
        double[] z = new double[(int) (n * out.size())];
        for (int s = 0; s < n; s++) {
            for (int o = 0; o < out.channels(); o++) {
                for (int r = 0; r < out.height(); r++) {
                    for (int c = 0; c < out.width(); c++) {
                        z[at(out, s, o, r, c)] = b[o];
                    }
                }
                for (int i = 0; i < in.channels(); i++) {
                    for (int r = 0; r < in.height(); r++) {
                        for (int c = 0; c < in.width(); c++) {
                            for (int kr = 0; kr < tall; kr++) {
                                for (int kc = 0; kc < k; kc++) {
                                    int row = r * down + kr - top;
                                    int column = c * layer.stride() + kc - left;
                                    if (inside(out, row, column)) {
                                        z[at(out, s, o, row, column)] += x[at(in, s, i, r, c)]
                                                * w[((i * out.channels() + o) * tall + kr) * k + kc];
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return z;
    }

    private void normalize(String name, Shape shape, double[] z, int n, boolean training) {
        int area = shape.height() * shape.width();
        for (int c = 0; c < shape.channels(); c++) {
            double mean = weights.get(name + "_mean")[c];
            double variance = weights.get(name + "_var")[c];
            if (training) {
                double sum = 0;
                double squares = 0;
                for (int s = 0; s < n; s++) {
                    for (int p = 0; p < area; p++) {
                        sum += z[at(shape, s, c, 0, 0) + p];
                    }
                }
                mean = sum / (n * area);
                for (int s = 0; s < n; s++) {
                    for (int p = 0; p < area; p++) {
                        double difference = z[at(shape, s, c, 0, 0) + p] - mean;
                        squares += difference * difference;
                    }
                }
                variance = squares / (n * area);
            }
            double scale = weights.get(name + "_gamma")[c] / Math.sqrt(variance + 1e-5);
            double shift = weights.get(name + "_beta")[c];
            for (int s = 0; s < n; s++) {
                for (int p = 0; p < area; p++) {
                    int at = at(shape, s, c, 0, 0) + p;
                    z[at] = (z[at] - mean) * scale + shift;
                }
            }
        }
    }

    private static double[] maxPooling(Layer.MaxPool layer, double[] x, int n) {
        Shape in = layer.input();
        Shape out = layer.output();
        int size = layer.size();
        int tall = layer.axes() == Axes.BOTH ? size : 1;
        int top = padding(out.height(), in.height(), tall, tall);
        int left = padding(out.width(), in.width(), size, size);
        double[] z = new double[(int) (n * out.size())];
        for (int s = 0; s < n; s++) {
            for (int o = 0; o < out.channels(); o++) {
                for (int r = 0; r < out.height(); r++) {
                    for (int c = 0; c < out.width(); c++) {
                        double max = Double.NEGATIVE_INFINITY;
                        for (int row = r * tall - top; row < (r + 1) * tall - top; row++) {
                            for (int column = c * size - left; column < (c + 1) * size - left; column++) {
                                if (inside(in, row, column)) {
                                    max = Math.max(max, x[at(in, s, o, row, column)]);
                                }
                            }
                        }
                        z[at(out, s, o, r, c)] = max;
                    }
                }
            }
        }
        return z;
    }

    /** Every output value is the input's at (row / down + top, column / across + left). */
    private static double[] pick(Layer layer, double[] x, int n, int top, int left, int down, int across) {
        Shape out = layer.output();
        double[] z = new double[(int) (n * out.size())];
        for (int s = 0; s < n; s++) {
            for (int o = 0; o < out.channels(); o++) {
                for (int r = 0; r < out.height(); r++) {
                    for (int c = 0; c < out.width(); c++) {
                        z[at(out, s, o, r, c)] = x[at(layer.input(), s, o, r / down + top, c / across + left)];
                    }
                }
            }
        }
        return z;
    }

    private static double[] activate(Activation activation, double[] z) {
        double[] a = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            double x = z[i];
            a[i] = switch (activation) {
                case RELU -> Math.max(0, x);
                case LEAKY_RELU -> x >= 0 ? x : 0.01 * x;
                case ELU -> x >= 0 ? x : Math.exp(x) - 1;
                case SWISH -> x / (1 + Math.exp(-x));
                case TANH -> Math.tanh(x);
                case SIGMOID -> 1 / (1 + Math.exp(-x));
                case IDENTITY -> x;
                case HARD_SIGMOID -> Math.max(0, Math.min(1, 0.2 * x + 0.5));
                case SOFTMAX -> throw new IllegalArgumentException("softmax is of dense layers");
            };
        }
        return a;
    }

    private static boolean inside(Shape shape, int row, int column) {
        return row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
    }

    private static int at(Shape shape, int sample, int channel, int row, int column) {
        return ((sample * shape.channels() + channel) * shape.height() + row) * shape.width() + column;
    }
}

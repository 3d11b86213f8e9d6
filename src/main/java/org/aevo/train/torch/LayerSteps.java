package org.aevo.train.torch;

import static org.bytedeco.pytorch.global.torch.addmm;
import static org.bytedeco.pytorch.global.torch.constant_pad_nd;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.conv_transpose2d;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.slow_conv_transpose2d;
import static org.bytedeco.pytorch.global.torch.upsample_nearest2d;

import org.aevo.network.Activation;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Shape;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * The layers of a blueprint as functions of tensors: images are [batch, channels, rows, columns], vectors [batch, values],
 * as {@link ImageOrder} says. In memory channels come last wherever there is a convolution: that is faster than the usual
 * order by a third and more. What a layer is given is never written to, since others may take it too.
 */
final class LayerSteps {
    private static final long[] ONES = {1, 1};

    /** One layer of one input; in training with dropout and the batch's own normalisation. */
    @FunctionalInterface
    private interface Step {
        Tensor apply(Tensor x, boolean training);
    }

    private final ImageOrder order;
    private final NetworkWeights weights;
    private final GeneratorOptional generator;
    private final Owned owned;

    /** @param generator that dropout draws from */
    LayerSteps(ImageOrder order, NetworkWeights weights, GeneratorOptional generator, Owned owned) {
        this.order = order;
        this.weights = weights;
        this.generator = generator;
        this.owned = owned;
    }

    /**
     * What a node does.
     *
     * @param inputs places of what it takes, the primary one first
     */
    LayerGraph.Operation of(Node node, int[] inputs) {
        if (node.layer() instanceof Layer.Join join) {
            return new Sum(
                    join, inputs, order.isImage(node.name()), weights.flat().device(), owned);
        }
        int from = inputs[0];
        Step step = step(node);
        return (values, training) -> step.apply(values[from], training);
    }

    private Step step(Node node) {
        boolean ofImage = order.isImage(node.inputs().get(0));
        if (node.layer() instanceof Layer.Dense d) {
            return dense(d, ofImage);
        } else if (node.layer() instanceof Layer.Reshape r) {
            return reshape(r, ofImage, order.givesImage(node), order.isTaken(node.name()));
        }
        Step step = windows(node.layer());
        if (ofImage) {
            return step;
        }
        long[] image = {-1, node.layer().input().channels(), 1, 1};
        return (x, training) -> step.apply(x.view(image), training);
    }

    private Step windows(Layer layer) {
        if (layer instanceof Layer.Conv c) {
            return convolution(c);
        } else if (layer instanceof Layer.Deconv c) {
            return transposed(c);
        } else if (layer instanceof Layer.MaxPool p) {
            return pooling(p);
        } else if (layer instanceof Layer.Upsample u) {
            long[] sides = {u.output().height(), u.output().width()};
            return (x, training) -> upsample_nearest2d(x, sides);
        } else if (layer instanceof Layer.Crop c) {
            return (x, training) -> window(x, c.top(), c.left(), c.output());
        }
        throw new IllegalArgumentException("layer " + layer.name() + ": the engine torch has no such layer");
    }

    /**
     * @param turned whether the values of a vector come with the channels last
     * @param taken whether other layers take it, which want channels last
     */
    private static Step reshape(Layer.Reshape layer, boolean ofImage, boolean turned, boolean taken) {
        Shape to = layer.output();
        if (turned) {
            return (x, training) ->
                    x.view(-1, to.height(), to.width(), to.channels()).permute(0, 3, 1, 2);
        }
        return (x, training) -> {
            Tensor values = ofImage ? x.contiguous() : x;
            Tensor image = values.view(-1, to.channels(), to.height(), to.width());
            return taken ? image.contiguous(MemoryFormat.ChannelsLast) : image;
        };
    }

    private Step dense(Layer.Dense layer, boolean ofImage) {
        Tensor w = weights.trained(layer.name() + "_W");
        Tensor b = weights.trained(layer.name() + "_b");
        long inputs = layer.input().size();
        Activate activate = new Activate(layer.activation());
        Dropout dropout = new Dropout(layer.dropout(), generator, owned);
        return (x, training) -> {
            Tensor vectors = ofImage ? x.permute(0, 2, 3, 1).reshape(-1, inputs) : x;
            Tensor y = activate.inPlace(addmm(b, vectors, w));
            return training ? dropout.apply(y) : y;
        };
    }

    private Step convolution(Layer.Conv layer) {
        Shape in = layer.input();
        Shape out = layer.output();
        Tensor w = weights.trained(layer.name() + "_W");
        TensorOptional b = bias(layer);
        int rows = padding(out.height(), in.height(), layer.kernelRows(), layer.strideRows());
        int columns = padding(out.width(), in.width(), layer.kernel(), layer.stride());
        long[] padding = {rows / 2, columns / 2};
        long[] more = {0, columns % 2, 0, rows % 2};
        boolean uneven = rows % 2 + columns % 2 > 0;
        long[] stride = {layer.strideRows(), layer.stride()};
        Step after = normalized(layer.name(), layer.batchNormalization(), layer.activation());
        return (x, training) -> {
            Tensor padded = uneven ? constant_pad_nd(x, more) : x;
            return after.apply(conv2d(padded, w, b, stride, padding, ONES, 1), training);
        };
    }

    /**
     * Values land where a convolution with the same padding would look; what lands outside is cut off. To one channel, as
     * of grey images, products of matrices are about twice as fast on a CPU as oneDNN, which the library prefers.
     */
    private Step transposed(Layer.Deconv layer) {
        Shape out = layer.output();
        Tensor w = weights.trained(layer.name() + "_W");
        TensorOptional b = bias(layer);
        int rows = layer.kernelRows() - layer.strideRows();
        int columns = layer.kernel() - layer.stride();
        long[] padding = {Math.max(0, rows) / 2, Math.max(0, columns) / 2};
        // a kernel smaller than the stride leaves values that nothing lands on
        long[] outputPadding = {Math.max(0, -rows), Math.max(0, -columns)};
        // of signals there are no rows to cut, of images as many as columns
        boolean uneven = columns > 0 && columns % 2 == 1;
        long[] stride = {layer.strideRows(), layer.stride()};
        long[] kernel = {layer.kernelRows(), layer.kernel()};
        boolean asProducts = out.channels() == 1 && w.is_cpu();
        Activate activate = new Activate(layer.activation());
        Step after = normalized(layer.name(), layer.batchNormalization(), layer.activation());
        return (x, training) -> {
            Tensor y = asProducts
                    ? slow_conv_transpose2d(x, w, kernel, b, stride, padding, outputPadding, ONES)
                    : conv_transpose2d(x, w, b, stride, padding, outputPadding, 1, ONES);
            Tensor whole = uneven ? window(y, 0, 0, out) : y;
            return uneven && !layer.batchNormalization() ? activate.apply(whole) : after.apply(whole, training);
        };
    }

    private Step pooling(Layer.MaxPool layer) {
        int size = layer.size();
        int tall = layer.kernelRows();
        int rows = padding(layer.output().height(), layer.input().height(), tall, tall);
        int columns = padding(layer.output().width(), layer.input().width(), size, size);
        long[] sides = {tall, size};
        long[] padding = {rows / 2, columns / 2};
        // the larger half of the padding stands at the end, where the library rounds up
        boolean partial = rows % 2 + columns % 2 > 0;
        return (x, training) -> max_pool2d(x, sides, sides, padding, ONES, partial);
    }

    private Step normalized(String layer, boolean normalization, Activation activation) {
        Activate activate = new Activate(activation);
        if (!normalization) {
            return (x, training) -> activate.inPlace(x);
        }
        Normalization batch = new Normalization(layer, weights, owned);
        return (x, training) -> activate.inPlace(batch.apply(x, training));
    }

    private TensorOptional bias(Layer layer) {
        return owned.own(new TensorOptional(weights.trained(layer.name() + "_b")));
    }

    private static Tensor window(Tensor x, int top, int left, Shape size) {
        return x.narrow(2, top, size.height()).narrow(3, left, size.width());
    }

    private static int padding(int small, int large, int kernel, int stride) {
        return Math.max(0, (small - 1) * stride + kernel - large);
    }
}

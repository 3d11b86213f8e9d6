package org.aevo.train.dl4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.network.Activation;
import org.aevo.network.Layer;
import org.aevo.network.Padding;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * The layers of the library that one layer of a blueprint becomes, one behind the other: a convolution, its
 * normalisation and its activation, say. The form that the first takes its input in is {@link #takesImage}.
 */
final class LayerParts {
    private final LayerKit kit;
    private final InnerNames names;
    /** Of the layer that is made just now. */
    private final List<org.deeplearning4j.nn.conf.layers.Layer> layers = new ArrayList<>();

    private final Map<String, String> owners = new LinkedHashMap<>();

    LayerParts(LayerKit kit, InnerNames names) {
        this.kit = kit;
        this.names = names;
    }

    /** Whether a layer takes [batch, channels, rows, columns], not [batch, values]; its output stands in the same form. */
    static boolean takesImage(Layer layer) {
        return !(layer instanceof Layer.Dense);
    }

    /** Names of the library's layers with weights, in the order they were made, to those of the blueprint's. */
    Map<String, String> owners() {
        return owners;
    }

    /**
     * Makes them, with their names.
     *
     * @param ofSamples whether it takes the network's input, whose gradient nobody asks for
     * @throws IllegalArgumentException if the library has no such layer
     */
    List<org.deeplearning4j.nn.conf.layers.Layer> of(Layer layer, boolean ofSamples) {
        refusal(layer).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        layers.clear();
        append(layer, ofSamples);
        return List.copyOf(layers);
    }

    /** Why the library has no such layer, if it has none. */
    static Optional<String> refusal(Layer layer) {
        // Its padding would be negative, and the library's values land one further down and right.
        return layer instanceof Layer.Deconv c && c.kernel() + 1 < c.stride()
                ? Optional.of("layer " + c.name() + ": the engine dl4j has no transposed convolution of kernel "
                        + c.kernel() + " and stride " + c.stride() + "; the kernel must be at least "
                        + (c.stride() - 1))
                : Optional.empty();
    }

    private void append(Layer layer, boolean ofSamples) {
        String name = layer.name();
        if (layer instanceof Layer.Dense d) {
            owners.put(name, name);
            layers.add(kit.dense(name, d.input().size(), d.units(), activation(d.activation()), ofSamples));
            if (d.dropout() > 0) {
                // The library's number is the probability to keep an INPUT: dropping outputs takes a layer of its own.
                layers.add(new DropoutLayer.Builder(1 - d.dropout())
                        .name(names.of(name + "_dropout"))
                        .build());
            }
        } else if (layer instanceof Layer.Conv c) {
            ConvolutionLayer.Builder conv = new ConvolutionLayer.Builder(c.kernelRows(), c.kernel());
            conv.convolutionMode(mode(c.padding()));
            if (c.padding() == Padding.SAME && c.kernel() < c.stride()) {
                padByHand(c);
                conv.convolutionMode(ConvolutionMode.Truncate);
            }
            configure(conv, c, c.filters(), c.activation(), c.batchNormalization());
            layers.add(conv.build());
            addNormalization(c, c.filters(), c.activation(), c.batchNormalization());
        } else if (layer instanceof Layer.Deconv c) {
            addTransposed(c);
        } else if (layer instanceof Layer.MaxPool p) {
            layers.add(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                    .name(name)
                    .kernelSize(p.kernelRows(), p.kernel())
                    .stride(p.strideRows(), p.stride())
                    .convolutionMode(mode(p.padding()))
                    .build());
        } else if (layer instanceof Layer.Upsample u) {
            layers.add(new Upsampling2D.Builder()
                    .size(new int[] {u.factorRows(), u.factor()})
                    .name(name)
                    .build());
        } else if (layer instanceof Layer.Crop c) {
            int bottom = c.input().height() - c.output().height() - c.top();
            int right = c.input().width() - c.output().width() - c.left();
            layers.add(new Cropping2D.Builder(c.top(), bottom, c.left(), right)
                    .name(name)
                    .build());
        } else {
            throw new IllegalArgumentException("layer " + name + ": the engine dl4j has no such layer");
        }
    }

    /**
     * oneDNN computes transposed convolutions of symmetric padding alone; with "same" padding the library's own code
     * does, several times slower. Where that padding is not symmetric, a row and a column too many are cut off; of a
     * signal the column.
     */
    private void addTransposed(Layer.Deconv c) {
        Deconvolution2D.Builder deconv = new Deconvolution2D.Builder(c.kernelRows(), c.kernel());
        int excess = c.kernel() - c.stride();
        deconv.convolutionMode(excess >= 0 ? ConvolutionMode.Truncate : ConvolutionMode.Same);
        if (excess >= 0) {
            deconv.padding((c.kernelRows() - c.strideRows()) / 2, excess / 2);
        }
        configure(deconv, c, c.filters(), c.activation(), c.batchNormalization());
        layers.add(kit.transposed(deconv));
        if (excess > 0 && excess % 2 == 1) {
            int row = (c.kernelRows() - c.strideRows()) % 2;
            layers.add(new Cropping2D.Builder(0, row, 0, 1)
                    .name(names.of(c.name() + "_crop"))
                    .build());
        }
        addNormalization(c, c.filters(), c.activation(), c.batchNormalization());
    }

    private void configure(
            ConvolutionLayer.BaseConvBuilder<?> builder,
            Layer.Windowed layer,
            int filters,
            Activation activation,
            boolean normalized) {
        builder.name(layer.name());
        owners.put(layer.name(), layer.name());
        builder.nIn(layer.input().channels());
        builder.nOut(filters);
        builder.stride(layer.strideRows(), layer.stride());
        builder.activation(normalized ? new ActivationIdentity() : activation(activation));
    }

    private void addNormalization(Layer layer, int filters, Activation activation, boolean normalized) {
        if (normalized) {
            String normalization = names.of(layer.name() + "_normalization");
            owners.put(normalization, layer.name());
            layers.add(new BatchNormalization.Builder()
                    .name(normalization)
                    .nIn(filters)
                    .nOut(filters)
                    .eps(Layer.EPSILON)
                    .decay(0.9)
                    .useLogStd(false)
                    .build());
            layers.add(new ActivationLayer.Builder()
                    .name(names.of(layer.name() + "_activation"))
                    .activation(activation(activation))
                    .build());
        }
    }

    /** The library's own "same" padding becomes negative, and an error, where a stride jumps over the border. */
    private void padByHand(Layer.Conv c) {
        int rows = padding(c.input().height(), c.output().height(), c.kernelRows(), c.strideRows());
        int columns = padding(c.input().width(), c.output().width(), c.kernel(), c.stride());
        if (rows > 0 || columns > 0) {
            layers.add(new ZeroPaddingLayer.Builder(rows / 2, rows - rows / 2, columns / 2, columns - columns / 2)
                    .name(names.of(c.name() + "_padding"))
                    .build());
        }
    }

    private static int padding(int input, int output, int kernel, int stride) {
        return Math.max(0, (output - 1) * stride + kernel - input);
    }

    private static ConvolutionMode mode(Padding padding) {
        return padding == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    }

    private IActivation activation(Activation activation) {
        return switch (activation) {
            case RELU -> kit.rectifier(0);
            case LEAKY_RELU -> kit.rectifier(0.01);
            case ELU -> new ActivationELU();
            case SWISH -> kit.swish();
            case TANH -> new ActivationTanH();
            case SIGMOID -> new ActivationSigmoid();
            case IDENTITY -> new ActivationIdentity();
            case HARD_SIGMOID -> new ActivationHardSigmoid();
            case SOFTMAX -> new ActivationSoftmax();
        };
    }
}

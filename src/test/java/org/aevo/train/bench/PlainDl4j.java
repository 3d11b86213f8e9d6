package org.aevo.train.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Shape;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A model as a user of Deeplearning4j writes it by its manual: the library's layers and defaults, {@code fit} with an
 * array of a batch. To be run with the library's own natives and versions, not with those of this program.
 */
final class PlainDl4j implements AutoCloseable {
    private final NeuralNetConfiguration.ListBuilder chain;
    private final Map<Integer, InputPreProcessor> reshapes = new LinkedHashMap<>();
    private final MultiLayerNetwork network;
    /** One batch, as the network takes it and as it gives it back. */
    private final INDArray features;

    private final INDArray labels;
    private int layers;
    private boolean image;

    PlainDl4j(Blueprint blueprint, Hyperparameters hyperparameters) {
        INDArray batch =
                Nd4j.rand(hyperparameters.batchSize(), (int) blueprint.input().size());
        image = !(blueprint.layers().get(0) instanceof Layer.Dense);
        features = formed(batch, blueprint.input());
        chain = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(updater(hyperparameters))
                .list();
        blueprint.layers().forEach(this::append);
        labels = formed(batch, blueprint.input());
        add(
                image
                        ? new CnnLossLayer.Builder(LossFunction.MSE)
                                .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                                .build()
                        : new LossLayer.Builder(LossFunction.MSE)
                                .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                                .build());
        reshapes.forEach(chain::inputPreProcessor);
        network = new MultiLayerNetwork(chain.build());
        network.init();
        if (network.numParams() < blueprint.parameters()) {
            throw new IllegalStateException(
                    network.numParams() + " parameters, the blueprint has " + blueprint.parameters());
        }
    }

    double step() {
        network.fit(features, labels);
        return network.score();
    }

    @Override
    public void close() {
        network.close();
    }

    private INDArray formed(INDArray batch, Shape s) {
        return image ? batch.reshape(batch.size(0), s.channels(), s.height(), s.width()) : batch;
    }

    private void append(Layer layer) {
        if (layer instanceof Layer.Reshape) {
            return;
        }
        takeForm(!(layer instanceof Layer.Dense), layer.input());
        if (layer instanceof Layer.Dense d) {
            add(new DenseLayer.Builder()
                    .nIn(d.input().size())
                    .nOut(d.units())
                    .activation(activation(d.activation()))
                    .build());
            if (d.dropout() > 0) {
                add(new DropoutLayer.Builder(1 - d.dropout()).build());
            }
        } else if (layer instanceof Layer.Conv c) {
            ConvolutionLayer.Builder conv = new ConvolutionLayer.Builder(c.kernel(), c.kernel());
            addConvolution(conv, c, c.stride(), c.filters(), c.activation(), c.batchNormalization());
        } else if (layer instanceof Layer.Deconv c) {
            Deconvolution2D.Builder deconv = new Deconvolution2D.Builder(c.kernel(), c.kernel());
            addConvolution(deconv, c, c.stride(), c.filters(), c.activation(), c.batchNormalization());
        } else if (layer instanceof Layer.MaxPool p) {
            add(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                    .kernelSize(p.size(), p.size())
                    .stride(p.size(), p.size())
                    .convolutionMode(ConvolutionMode.Same)
                    .build());
        } else if (layer instanceof Layer.Upsample u) {
            add(new Upsampling2D.Builder(u.factor()).build());
        } else if (layer instanceof Layer.Crop c) {
            int bottom = c.input().height() - c.output().height() - c.top();
            int right = c.input().width() - c.output().width() - c.left();
            add(new Cropping2D.Builder(c.top(), bottom, c.left(), right).build());
        } else {
            throw new IllegalArgumentException("no such layer: " + layer);
        }
    }

    private void addConvolution(
            ConvolutionLayer.BaseConvBuilder<?> builder,
            Layer layer,
            int stride,
            int filters,
            Activation activation,
            boolean normalized) {
        builder.nIn(layer.input().channels());
        builder.nOut(filters);
        builder.stride(stride, stride);
        builder.convolutionMode(ConvolutionMode.Same);
        builder.activation(normalized ? org.nd4j.linalg.activations.Activation.IDENTITY : activation(activation));
        add(builder.build());
        if (normalized) {
            add(new BatchNormalization.Builder().nIn(filters).nOut(filters).build());
            add(new ActivationLayer.Builder().activation(activation(activation)).build());
        }
    }

    private void takeForm(boolean wantsImage, Shape s) {
        if (wantsImage && !image) {
            reshapes.put(layers, new FeedForwardToCnnPreProcessor(s.height(), s.width(), s.channels()));
        } else if (!wantsImage && image) {
            reshapes.put(
                    layers, new CnnToFeedForwardPreProcessor(s.height(), s.width(), s.channels(), CNN2DFormat.NCHW));
        }
        image = wantsImage;
    }

    private void add(org.deeplearning4j.nn.conf.layers.Layer layer) {
        chain.layer(layer);
        layers++;
    }

    private static IUpdater updater(Hyperparameters h) {
        return switch (h.optimizer()) {
            case ADAM -> new Adam(h.learningRate());
            case RMSPROP -> new RmsProp(h.learningRate());
            case NESTEROV -> new Nesterovs(h.learningRate());
            case KERAS_RMSPROP -> new RmsProp(h.learningRate(), 0.9, 1e-7);
            case MOMENTUM -> throw new IllegalArgumentException("the library has no classical momentum");
        };
    }

    private static org.nd4j.linalg.activations.Activation activation(Activation activation) {
        return switch (activation) {
            case RELU -> org.nd4j.linalg.activations.Activation.RELU;
            case LEAKY_RELU -> org.nd4j.linalg.activations.Activation.LEAKYRELU;
            case ELU -> org.nd4j.linalg.activations.Activation.ELU;
            case SWISH -> org.nd4j.linalg.activations.Activation.SWISH;
            case TANH -> org.nd4j.linalg.activations.Activation.TANH;
            case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID;
            case IDENTITY -> org.nd4j.linalg.activations.Activation.IDENTITY;
            case HARD_SIGMOID -> org.nd4j.linalg.activations.Activation.HARDSIGMOID;
            case SOFTMAX -> org.nd4j.linalg.activations.Activation.SOFTMAX;
        };
    }
}

package org.aevo.train.dl4j;

import org.aevo.train.Loss;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Layers that this package has its own of, and the library too; a pass forward gives the same with either. */
enum LayerKit {
    /** For training here. */
    OWN {
        @Override
        boolean wholeImages() {
            return false;
        }

        @Override
        NeuralNetConfiguration.Builder settings(NeuralNetConfiguration.Builder builder) {
            return builder.miniBatch(false) // the loss divides by the batch itself
                    .cacheMode(CacheMode.HOST); // keeps what the pass backward would compute again
        }

        @Override
        Layer dense(String name, long inputs, int units, IActivation activation) {
            return new DenseConfiguration(name, inputs, units, activation);
        }

        @Override
        Layer transposed(Deconvolution2D.Builder builder) {
            return new Deconvolution(builder);
        }

        @Override
        IActivation rectifier(double slope) {
            return new PiecewiseLinear(slope);
        }

        @Override
        IActivation swish() {
            return new StableSwish();
        }

        @Override
        Layer loss(Loss loss, boolean image) {
            return new ReconstructionLoss("loss", loss);
        }
    },

    /** For programs that have Deeplearning4j and none of our classes. */
    LIBRARY {
        @Override
        boolean wholeImages() {
            return true;
        }

        @Override
        NeuralNetConfiguration.Builder settings(NeuralNetConfiguration.Builder builder) {
            return builder;
        }

        @Override
        Layer dense(String name, long inputs, int units, IActivation activation) {
            return new DenseLayer.Builder()
                    .name(name)
                    .nIn(inputs)
                    .nOut(units)
                    .activation(activation)
                    .build();
        }

        @Override
        Layer transposed(Deconvolution2D.Builder builder) {
            return builder.build();
        }

        @Override
        IActivation rectifier(double slope) {
            return slope == 0 ? new ActivationReLU() : new ActivationLReLU(slope);
        }

        @Override
        IActivation swish() {
            return new ActivationSwish();
        }

        @Override
        Layer loss(Loss loss, boolean image) {
            if (loss != Loss.MSE) {
                throw new IllegalArgumentException("no layer of the library for the loss " + loss);
            }
            return image
                    ? new CnnLossLayer.Builder(LossFunction.MSE)
                            .name("loss")
                            .activation(new ActivationIdentity())
                            .build()
                    : new LossLayer.Builder(LossFunction.MSE)
                            .name("loss")
                            .activation(new ActivationIdentity())
                            .build();
        }
    };

    /** Whether images go in and come out as [batch, channels, rows, columns] whatever the first and last layers are. */
    abstract boolean wholeImages();

    abstract NeuralNetConfiguration.Builder settings(NeuralNetConfiguration.Builder builder);

    abstract Layer dense(String name, long inputs, int units, IActivation activation);

    abstract Layer transposed(Deconvolution2D.Builder builder);

    /** x above 0, slope times x below. */
    abstract IActivation rectifier(double slope);

    abstract IActivation swish();

    abstract Layer loss(Loss loss, boolean image);
}

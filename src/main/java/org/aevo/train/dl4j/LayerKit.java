package org.aevo.train.dl4j;

import java.util.List;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer.Join;
import org.aevo.network.Shape;
import org.aevo.train.Loss;
import org.aevo.train.NetworkPlan;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
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
        IUpdater kerasRmsProp(double learningRate) {
            return new KerasRmsProp(learningRate);
        }

        @Override
        IUpdater momentum(double learningRate) {
            return new Momentum(learningRate);
        }

        @Override
        NeuralNetConfiguration.Builder own(NeuralNetConfiguration.Builder builder) {
            return builder.miniBatch(false) // the loss divides by the batch itself
                    .cacheMode(CacheMode.HOST); // keeps what the pass backward would compute again
        }

        @Override
        Layer dense(String name, long inputs, int units, IActivation activation, boolean ofSamples) {
            return new DenseConfiguration(name, inputs, units, activation, ofSamples);
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
        Layer loss(String name, Loss loss, boolean image) {
            return new MeanLoss(name, loss);
        }

        @Override
        Place join(Join join, List<Place> inputs, InnerNames names, GraphVertices vertices) {
            Shape shape = join.output();
            Place sum = new Place(join.name(), shape, shape.isImage());
            vertices.add(
                    sum.maker(),
                    new SumConfiguration(sum, join.inputs()),
                    inputs.stream().map(Place::maker).toList());
            return sum;
        }
    },

    /** For programs that have Deeplearning4j and none of our classes. */
    LIBRARY {
        @Override
        boolean wholeImages() {
            return true;
        }

        @Override
        IUpdater kerasRmsProp(double learningRate) {
            return new RmsProp(learningRate, KerasRmsProp.DECAY, KerasRmsProp.EPSILON);
        }

        @Override
        IUpdater momentum(double learningRate) {
            return new Nesterovs(learningRate, Momentum.KEPT);
        }

        @Override
        NeuralNetConfiguration.Builder own(NeuralNetConfiguration.Builder builder) {
            return builder;
        }

        @Override
        Layer dense(String name, long inputs, int units, IActivation activation, boolean ofSamples) {
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
        Layer loss(String name, Loss loss, boolean image) {
            if (loss == Loss.CROSS_ENTROPY) {
                return new LossLayer.Builder(LossFunction.MCXENT)
                        .name(name)
                        .activation(new ActivationSoftmax())
                        .build();
            }
            if (loss != Loss.MSE) {
                throw new IllegalArgumentException("no layer of the library for the loss " + loss);
            }
            return image
                    ? new CnnLossLayer.Builder(LossFunction.MSE)
                            .name(name)
                            .activation(new ActivationIdentity())
                            .build()
                    : new LossLayer.Builder(LossFunction.MSE)
                            .name(name)
                            .activation(new ActivationIdentity())
                            .build();
        }

        @Override
        Place join(Join join, List<Place> inputs, InnerNames names, GraphVertices vertices) {
            return new LibraryJoin(join, names, vertices).of(inputs);
        }
    };

    /** Whether images go in and come out as [batch, channels, rows, columns] whatever the first and last layers are. */
    abstract boolean wholeImages();

    /**
     * The shape in which a network's outputs come where {@link #wholeImages} is asked for: that of samples if it has as many
     * values, but for probabilities of classes.
     */
    static Shape shown(NetworkPlan plan) {
        Shape samples = plan.blueprint().input();
        Shape last = plan.blueprint().output().layer().output();
        return plan.loss() != Loss.CROSS_ENTROPY && last.size() == samples.size() ? samples : last;
    }

    /** What all layers of a network have in common. */
    NeuralNetConfiguration.Builder settings(NetworkPlan plan) {
        return own(new NeuralNetConfiguration.Builder()
                .seed(plan.seed())
                .dataType(DataType.FLOAT)
                .updater(updater(plan.hyperparameters()))
                .l2(plan.weightDecay()) // what the library calls weight decay is scaled by the learning rate
                .weightInit(WeightInit.ZERO)
                .trainingWorkspaceMode(WorkspaceMode.ENABLED)
                .inferenceWorkspaceMode(WorkspaceMode.ENABLED));
    }

    private IUpdater updater(Hyperparameters h) {
        return switch (h.optimizer()) {
            case ADAM -> new Adam(h.learningRate(), 0.9, 0.999, 1e-8);
            case RMSPROP -> new RmsProp(h.learningRate(), 0.95, 1e-8);
            case NESTEROV -> new Nesterovs(h.learningRate(), 0.9);
            case KERAS_RMSPROP -> kerasRmsProp(h.learningRate());
            case MOMENTUM -> momentum(h.learningRate());
        };
    }

    /** {@link org.aevo.network.Optimizer#KERAS_RMSPROP}, or what comes nearest. */
    abstract IUpdater kerasRmsProp(double learningRate);

    /** {@link org.aevo.network.Optimizer#MOMENTUM}, or what comes nearest. */
    abstract IUpdater momentum(double learningRate);

    /** The same with what only this kit has. */
    abstract NeuralNetConfiguration.Builder own(NeuralNetConfiguration.Builder builder);

    /** @param ofSamples whether it takes the network's input, whose gradient nobody asks for */
    abstract Layer dense(String name, long inputs, int units, IActivation activation, boolean ofSamples);

    abstract Layer transposed(Deconvolution2D.Builder builder);

    /** x above 0, slope times x below. */
    abstract IActivation rectifier(double slope);

    abstract IActivation swish();

    abstract Layer loss(String name, Loss loss, boolean image);

    /** Adds what computes a join to a graph; its output has the join's name. */
    abstract Place join(Join join, List<Place> inputs, InnerNames names, GraphVertices vertices);
}

package org.aevo.train.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A dense layer that does each product once. The library's own multiplies input and weights again on the way back, into
 * a matrix of the other order that it then transposes value by value, and computes the gradient of the network's input.
 */
final class DenseLayer extends BaseLayer<DenseConfiguration> {
    private static final long serialVersionUID = 1;

    /** What went into the activation, [batch, units]; in the workspace of the activations, from forward to back. */
    private transient INDArray sums;

    private final boolean ofSamples;

    /** @param ofSamples whether nobody asks for the gradient of its input */
    DenseLayer(NeuralNetConfiguration conf, DataType type, boolean ofSamples) {
        super(conf, type);
        this.ofSamples = ofSamples;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        INDArray weights = getParam(DefaultParamInitializer.WEIGHT_KEY);
        INDArray result = workspaces.createUninitialized(
                ArrayType.ACTIVATIONS, dataType, new long[] {input.size(0), weights.size(1)}, 'c');
        // BLAS writes columns: the transposed product is the one that needs no copy.
        Nd4j.gemm(weights, input, result.transpose(), true, true, 1, 0);
        result.addiRowVector(getParam(DefaultParamInitializer.BIAS_KEY));
        sums = training ? workspaces.dup(ArrayType.ACTIVATIONS, result, 'c') : null;
        return layerConf().getActivationFn().getActivation(result, training);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray delta = layerConf().getActivationFn().backprop(sums, epsilon).getFirst();
        sums = null;
        INDArray biasGradient = gradientViews.get(DefaultParamInitializer.BIAS_KEY);
        delta.sum(biasGradient, 0);
        INDArray weightGradient = gradientViews.get(DefaultParamInitializer.WEIGHT_KEY);
        Nd4j.gemm(input, delta, weightGradient, true, false, 1, 0);
        Gradient gradient = new DefaultGradient();
        gradient.setGradientFor(DefaultParamInitializer.WEIGHT_KEY, weightGradient);
        gradient.setGradientFor(DefaultParamInitializer.BIAS_KEY, biasGradient);
        return new Pair<>(gradient, ofSamples ? null : inputGradient(delta, workspaces));
    }

    private INDArray inputGradient(INDArray delta, LayerWorkspaceMgr workspaces) {
        INDArray weights = getParam(DefaultParamInitializer.WEIGHT_KEY);
        INDArray result = workspaces.createUninitialized(
                ArrayType.ACTIVATION_GRAD, dataType, new long[] {delta.size(0), weights.size(0)}, 'c');
        Nd4j.gemm(weights, delta, result.transpose(), false, true, 1, 0);
        return result;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void clear() {
        sums = null;
        super.clear();
    }
}

package org.aevo.train.dl4j;

import org.aevo.train.Loss;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.LossLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.custom.LogSoftMax;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/** A mean over all values of a batch, or over its samples, as {@link Loss} defines it, and its gradient. */
final class MeanLossLayer extends LossLayer {
    private static final long serialVersionUID = 1;

    private final Loss kind;

    /** Of the last pass backward. */
    private double loss = Double.NaN;

    MeanLossLayer(NeuralNetConfiguration conf, DataType type, Loss kind) {
        super(conf, type);
        this.kind = kind;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        INDArray gradient =
                workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
        loss = switch (kind) {
            case MSE -> squaredError(gradient);
            case BINARY_CROSS_ENTROPY -> binaryCrossEntropy(gradient, working(workspaces));
            case CROSS_ENTROPY -> crossEntropy(gradient, working(workspaces));
        };
        return new Pair<>(new DefaultGradient(), gradient);
    }

    private INDArray working(LayerWorkspaceMgr workspaces) {
        return workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, input.dataType(), input.shape(), 'c');
    }

    /** The mean of (input - label)^2; the gradient is 2 (input - label) / values. */
    private double squaredError(INDArray gradient) {
        input.subi(labels, gradient);
        double norm = gradient.norm2Number().doubleValue();
        long values = gradient.length();
        gradient.muli(2.0 / values);
        return norm * norm / values;
    }

    /** Of the input before the sigmoid; the gradient is (sigmoid(input) - label) / values. */
    private double binaryCrossEntropy(INDArray gradient, INDArray terms) {
        exec(new Abs(input, terms));
        terms.negi();
        exec(new Exp(terms, terms));
        exec(new Log1p(terms, terms));
        exec(new RectifiedLinear(input, gradient, 0));
        terms.addi(gradient);
        input.muli(labels, gradient);
        terms.subi(gradient);
        long values = gradient.length();
        exec(new Sigmoid(input, gradient));
        gradient.subi(labels).muli(1.0 / values);
        return terms.sumNumber().doubleValue() / values;
    }

    /** Of the input [batch, classes] before the softmax; the gradient is (softmax(input) - label) / batch. */
    private double crossEntropy(INDArray gradient, INDArray logarithms) {
        // the library takes the largest of a row away before it takes powers
        Nd4j.exec(new LogSoftMax(input, logarithms));
        long samples = input.size(0);
        exec(new Exp(logarithms, gradient));
        gradient.subi(labels).muli(1.0 / samples);
        logarithms.muli(labels);
        return -logarithms.sumNumber().doubleValue() / samples;
    }

    /**
     * The network asks for it just after the pass backward.
     *
     * @param penalty of weights that decay; a loss does not contain it
     */
    @Override
    public double computeScore(double penalty, boolean training, LayerWorkspaceMgr workspaces) {
        return loss;
    }

    /** What the loss is computed from, or, with binary cross-entropy, the sigmoid of it. */
    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray output = workspaces.dup(ArrayType.ACTIVATIONS, input, 'c');
        if (kind == Loss.BINARY_CROSS_ENTROPY) {
            exec(new Sigmoid(output, output));
        }
        return output;
    }

    private static void exec(org.nd4j.linalg.api.ops.Op operation) {
        Nd4j.getExecutioner().exec(operation);
    }

    @Override
    public void clear() {
        // The superclass would free the memory of the labels, which are the caller's.
        labels = null;
        super.clear();
    }
}

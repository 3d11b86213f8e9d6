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
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/** A mean over all values of a batch, as {@link Loss} defines it, and its gradient. */
final class ReconstructionLossLayer extends LossLayer {
    private static final long serialVersionUID = 1;

    private final Loss kind;

    /** Of the last pass backward. */
    private double loss = Double.NaN;

    ReconstructionLossLayer(NeuralNetConfiguration conf, DataType type, Loss kind) {
        super(conf, type);
        this.kind = kind;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        INDArray gradient =
                workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
        loss = switch (kind) {
            case MSE -> squaredError(gradient);
            case BINARY_CROSS_ENTROPY ->
                crossEntropy(
                        gradient,
                        workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, input.dataType(), input.shape(), 'c'));
            default -> throw new IllegalArgumentException(kind + " is not built by this engine yet");
        };
        return new Pair<>(new DefaultGradient(), gradient);
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
    private double crossEntropy(INDArray gradient, INDArray terms) {
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

    /** The network asks for it just after the pass backward. */
    @Override
    public double computeScore(double regularization, boolean training, LayerWorkspaceMgr workspaces) {
        return loss + regularization;
    }

    /** The network's output: what the loss is computed from, or its sigmoid. */
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

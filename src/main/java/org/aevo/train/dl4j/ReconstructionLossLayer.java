package org.aevo.train.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.LossLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean of (input - label)^2 over all values, and its gradient 2 (input - label) / values. */
final class ReconstructionLossLayer extends LossLayer {
    private static final long serialVersionUID = 1;

    /** Of the last pass backward. */
    private double loss = Double.NaN;

    ReconstructionLossLayer(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        INDArray difference =
                workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
        input.subi(labels, difference);
        double norm = difference.norm2Number().doubleValue();
        long values = difference.length();
        loss = norm * norm / values;
        difference.muli(2.0 / values);
        return new Pair<>(new DefaultGradient(), difference);
    }

    /** The network asks for it just after the pass backward. */
    @Override
    public double computeScore(double regularization, boolean training, LayerWorkspaceMgr workspaces) {
        return loss + regularization;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        return workspaces.dup(ArrayType.ACTIVATIONS, input, 'c');
    }

    @Override
    public void clear() {
        // The superclass would free the memory of the labels, which are the caller's.
        labels = null;
        super.clear();
    }
}

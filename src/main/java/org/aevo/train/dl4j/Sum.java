package org.aevo.train.dl4j;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The sum of the first input and, fitted to it, the others. */
final class Sum extends BaseGraphVertex {
    private final Place result;
    private final List<Fit> fits;

    /** @param fits of the inputs behind the first */
    Sum(ComputationGraph graph, String name, int index, DataType type, Place result, List<Fit> fits) {
        super(graph, name, index, null, null, type);
        this.result = result;
        this.fits = List.copyOf(fits);
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray sum = result.formed(workspaces.dup(ArrayType.ACTIVATIONS, inputs[0], 'c'));
        for (int i = 0; i < fits.size(); i++) {
            fits.get(i).add(inputs[i + 1], sum);
        }
        return sum;
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
        // Each input gets an array of its own: the library adds to it what comes back from others that take the input.
        INDArray[] gradients = new INDArray[inputs.length];
        if (isAskedFor(0)) {
            gradients[0] =
                    workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon, 'c').reshape('c', inputs[0].shape());
        }
        for (int i = 1; i < inputs.length; i++) {
            if (isAskedFor(i)) {
                gradients[i] = workspaces.create(ArrayType.ACTIVATION_GRAD, epsilon.dataType(), inputs[i].shape(), 'c');
                fits.get(i - 1).back(epsilon, gradients[i]);
            }
        }
        return new Pair<>(null, gradients);
    }

    private boolean isAskedFor(int input) {
        return !graph.getVertices()[inputVertices[input].getVertexIndex()].isInputVertex();
    }

    @Override
    public boolean hasLayer() {
        return false;
    }

    @Override
    public Layer getLayer() {
        return null;
    }

    @Override
    public void setBackpropGradientsViewArray(INDArray gradients) {
        if (gradients != null) {
            throw new IllegalArgumentException("a sum has no weights");
        }
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArrays(INDArray[] masks, MaskState state, int batch) {
        return new Pair<>(null, state);
    }

    /** The superclass compares arrays by their values. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "Sum(" + getVertexName() + ")";
    }
}

package org.aevo.train.dl4j;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.layers.convolution.Deconvolution2DLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Configuration of a transposed convolution that is computed once forward; the library's own is again on the way back. */
final class Deconvolution extends Deconvolution2D {
    private static final long serialVersionUID = 1;

    Deconvolution(Deconvolution2D.Builder builder) {
        super(builder);
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        return Instance.of(
                new Computed(conf, type),
                conf,
                listeners,
                index,
                parameters,
                initializer().init(conf, parameters, initialize));
    }

    private static final class Computed extends Deconvolution2DLayer {
        private static final long serialVersionUID = 1;

        /** What went into the activation; in the workspace of the activations, from forward to back. */
        private transient INDArray sums;

        Computed(NeuralNetConfiguration conf, DataType type) {
            super(conf, type);
        }

        @Override
        protected Pair<INDArray, INDArray> preOutput(
                boolean training, boolean forBackprop, LayerWorkspaceMgr workspaces) {
            if (forBackprop) {
                return new Pair<>(sums, null);
            }
            Pair<INDArray, INDArray> computed = super.preOutput(training, false, workspaces);
            sums = training ? workspaces.dup(ArrayType.ACTIVATIONS, computed.getFirst(), 'c') : null;
            return computed;
        }

        @Override
        public void clear() {
            sums = null;
            super.clear();
        }
    }
}

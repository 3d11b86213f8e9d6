package org.aevo.train.dl4j;

import java.util.Collection;
import org.aevo.train.Loss;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of the last layer: a mean over all values of a batch, whatever their shape, or over its samples. Deeplearning4j's own layers
 * sum over the rows and columns of an image but average over the values of a vector, so that one learning rate would mean
 * different things.
 */
final class MeanLoss extends LossLayer {
    private static final long serialVersionUID = 1;

    private final Loss loss;

    MeanLoss(String name, Loss loss) {
        super(new Builder().name(name));
        this.loss = loss;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof MeanLoss that && loss == that.loss;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + loss.ordinal();
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
                new MeanLossLayer(conf, type, loss),
                conf,
                listeners,
                index,
                parameters,
                initializer().init(conf, parameters, initialize));
    }
}

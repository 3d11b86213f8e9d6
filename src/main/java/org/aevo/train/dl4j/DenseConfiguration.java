package org.aevo.train.dl4j;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Configuration of a {@link DenseLayer}: that of the library's, which cannot be extended. */
final class DenseConfiguration extends FeedForwardLayer {
    private static final long serialVersionUID = 1;

    private final boolean ofSamples;

    /** @param ofSamples whether it takes the network's input, whose gradient nobody asks for */
    DenseConfiguration(String name, long inputs, int units, IActivation activation, boolean ofSamples) {
        super(new Parts().name(name).nIn(inputs).nOut(units).activation(activation));
        this.ofSamples = ofSamples;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof DenseConfiguration that && ofSamples == that.ofSamples;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + Boolean.hashCode(ofSamples);
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
                new DenseLayer(conf, type, ofSamples),
                conf,
                listeners,
                index,
                parameters,
                initializer().init(conf, parameters, initialize));
    }

    @Override
    public ParamInitializer initializer() {
        return DefaultParamInitializer.getInstance();
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType type) {
        throw new UnsupportedOperationException("no memory report");
    }

    private static final class Parts extends FeedForwardLayer.Builder<Parts> {
        @Override
        @SuppressWarnings("unchecked")
        public DenseConfiguration build() {
            throw new UnsupportedOperationException("see the constructor");
        }
    }
}

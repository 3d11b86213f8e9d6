package org.aevo.train.dl4j;

import java.util.List;
import java.util.Objects;
import org.aevo.network.Shape;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Configuration of a {@link Sum}. */
final class SumConfiguration extends GraphVertex {
    private static final long serialVersionUID = 1;

    private final Place result;
    private final List<Shape> inputs;

    /**
     * @param result where it stands, in what form, of the first input's shape
     * @param inputs shapes of all inputs
     */
    SumConfiguration(Place result, List<Shape> inputs) {
        this.result = result;
        this.inputs = List.copyOf(inputs);
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph, String name, int index, INDArray parameters, boolean initialize, DataType type) {
        List<Fit> fits = inputs.stream()
                .skip(1)
                .map(shape -> new Fit(shape, result.shape()))
                .toList();
        return new Sum(graph, name, index, type, result, fits);
    }

    /** It never changes. */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public GraphVertex clone() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SumConfiguration that && result.equals(that.result) && inputs.equals(that.inputs);
    }

    @Override
    public int hashCode() {
        return Objects.hash(result, inputs);
    }

    @Override
    public long numParams(boolean trained) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return inputs.size();
    }

    @Override
    public int maxVertexInputs() {
        return inputs.size();
    }

    @Override
    public InputType getOutputType(int index, InputType... types) {
        throw new UnsupportedOperationException("no types are asked for");
    }

    @Override
    public MemoryReport getMemoryReport(InputType... types) {
        throw new UnsupportedOperationException("no memory report");
    }
}

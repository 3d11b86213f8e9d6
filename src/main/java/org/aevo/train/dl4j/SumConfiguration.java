package org.aevo.train.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    private final transient Place result;
    private final transient List<Optional<Shape>> others;

    /**
     * @param result where it stands, in what form, of the first input's shape
     * @param others shapes of the further inputs; one without is not added
     */
    SumConfiguration(Place result, List<Optional<Shape>> others) {
        this.result = result;
        this.others = List.copyOf(others);
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph, String name, int index, INDArray parameters, boolean initialize, DataType type) {
        List<Optional<Fit>> fits = new ArrayList<>();
        for (Optional<Shape> other : others) {
            fits.add(other.map(shape -> new Fit(shape, result.shape())));
        }
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
        return other instanceof SumConfiguration that && result.equals(that.result) && others.equals(that.others);
    }

    @Override
    public int hashCode() {
        return Objects.hash(result, others);
    }

    @Override
    public long numParams(boolean trained) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return 1 + others.size();
    }

    @Override
    public int maxVertexInputs() {
        return 1 + others.size();
    }

    @Override
    public InputType getOutputType(int index, InputType... inputs) {
        throw new UnsupportedOperationException("no types are asked for");
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        throw new UnsupportedOperationException("no memory report");
    }
}

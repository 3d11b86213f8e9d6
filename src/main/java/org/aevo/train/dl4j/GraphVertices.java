package org.aevo.train.dl4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;

/** The vertices of a graph of the library in the making, each behind those that it takes its inputs from. */
final class GraphVertices {
    private final Map<String, BiConsumer<GraphBuilder, String>> vertices = new LinkedHashMap<>();
    private boolean trained = true;

    /**
     * Whether those that are added from now on are trained. Those that the loss does not depend on must not be: the library
     * looks for the gradient of what each trained one makes.
     */
    void trained(boolean wanted) {
        trained = wanted;
    }

    /**
     * Adds a layer under its own name.
     *
     * @param reshape what is done to its input before; null if nothing
     */
    void add(Layer layer, InputPreProcessor reshape, String input) {
        Layer added = trained ? layer : new FrozenLayer(layer);
        vertices.put(layer.getLayerName(), (graph, name) -> graph.addLayer(name, added, reshape, input));
    }

    void add(String vertex, GraphVertex configuration, List<String> inputs) {
        GraphVertex added = trained ? configuration : new FrozenVertex(configuration);
        String[] from = inputs.toArray(String[]::new);
        vertices.put(vertex, (graph, name) -> graph.addVertex(name, added, from));
    }

    void addTo(GraphBuilder graph) {
        vertices.forEach((name, vertex) -> vertex.accept(graph, name));
    }
}

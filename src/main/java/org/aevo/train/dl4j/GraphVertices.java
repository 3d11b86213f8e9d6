package org.aevo.train.dl4j;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;

/** The vertices of a graph of the library in the making, each behind those that it takes its inputs from. */
final class GraphVertices {
    private final Map<String, BiConsumer<GraphBuilder, String>> vertices = new LinkedHashMap<>();
    private final Set<String> taken = new LinkedHashSet<>();

    /**
     * Adds a layer under its own name.
     *
     * @param reshape what is done to its input before; null if nothing
     */
    void add(Layer layer, InputPreProcessor reshape, String input) {
        taken.add(input);
        vertices.put(layer.getLayerName(), (graph, name) -> graph.addLayer(name, layer, reshape, input));
    }

    void add(String vertex, GraphVertex configuration, Collection<String> inputs) {
        taken.addAll(inputs);
        String[] from = inputs.toArray(String[]::new);
        vertices.put(vertex, (graph, name) -> graph.addVertex(name, configuration, from));
    }

    /** Those so far whose output nothing takes. */
    List<String> untaken() {
        return vertices.keySet().stream().filter(name -> !taken.contains(name)).toList();
    }

    void addTo(GraphBuilder graph) {
        vertices.forEach((name, vertex) -> vertex.accept(graph, name));
    }
}

package org.aevo.network;

import java.util.List;

/**
 * A layer at its place in a graph.
 *
 * @param inputs names of the nodes whose outputs it takes, {@link Blueprint#INPUT} for the samples: one, or for a
 *     {@link Layer.Join} all that it adds, the primary one first
 */
public record Node(Layer layer, List<String> inputs) {
    public Node {
        Require.given("layer", layer);
        inputs = List.copyOf(inputs);
    }

    /** The layer's name. */
    public String name() {
        return layer.name();
    }

    /** The same place for another layer. */
    public Node with(Layer other) {
        return new Node(other, inputs);
    }
}

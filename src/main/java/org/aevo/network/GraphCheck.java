package org.aevo.network;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether nodes are a network: what each takes is there before it, in the shape that it takes, and is used. */
final class GraphCheck {
    private GraphCheck() {}

    static void check(Shape input, List<Node> nodes, Map<String, String> outputs) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a network must have at least one layer");
        }
        Map<String, Shape> made = new HashMap<>(Map.of(Blueprint.INPUT, input));
        Set<String> used = new HashSet<>(outputs.values());
        for (Node node : nodes) {
            inputs(node, made);
            used.addAll(node.inputs());
            if (made.put(node.name(), node.layer().output()) != null) {
                throw new IllegalArgumentException(
                        node.name().equals(Blueprint.INPUT)
                                ? "a layer cannot have the name " + Blueprint.INPUT + ": that stands for the samples"
                                : "two layers have the name " + node.name());
            }
        }
        if (!outputs.containsKey(Blueprint.OUTPUT)) {
            throw new IllegalArgumentException("a network must have an output named " + Blueprint.OUTPUT);
        }
        outputs.forEach((output, name) -> {
            if (!made.containsKey(name) || name.equals(Blueprint.INPUT)) {
                throw new IllegalArgumentException(
                        "output " + output + " is of layer " + name + ", which is not there");
            }
        });
        for (Node node : nodes) {
            if (!used.contains(node.name())) {
                throw new IllegalArgumentException("nothing takes the output of layer " + node.name());
            }
        }
    }

    private static void inputs(Node node, Map<String, Shape> made) {
        List<Shape> wanted = node.layer() instanceof Layer.Join join
                ? join.inputs()
                : List.of(node.layer().input());
        if (wanted.size() != node.inputs().size()) {
            throw new IllegalArgumentException("layer " + node.name() + " takes " + wanted.size() + " inputs, "
                    + node.inputs().size() + " are given");
        }
        for (int i = 0; i < wanted.size(); i++) {
            String from = node.inputs().get(i);
            Shape shape = made.get(from);
            if (shape == null) {
                throw new IllegalArgumentException(
                        "layer " + node.name() + " takes the output of " + from + ", which is not there before it");
            }
            boolean fits = node.layer() instanceof Layer.Dense || node.layer() instanceof Layer.Reshape
                    ? shape.size() == wanted.get(i).size()
                    : shape.equals(wanted.get(i));
            if (!fits) {
                throw new IllegalArgumentException(
                        "layer " + node.name() + " takes " + wanted.get(i) + ", but " + from + " makes " + shape);
            }
        }
    }
}

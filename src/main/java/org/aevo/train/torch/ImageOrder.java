package org.aevo.train.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Shape;

/**
 * Which values of a network go from layer to layer as images, and where dense layers take an image for a vector, or give
 * one: with its channels last, as convolutions have it, and not in C order. What they compute is the same if their weights
 * lie in that order too, and no image has to be turned on its way forward or back. What is seen outside, as codes are, or
 * taken by others too, stays in C order.
 */
final class ImageOrder {

    /**
     * Numbers [blocks, rows, columns, width] as [blocks, columns, rows, width].
     *
     * @param width of what stays together
     */
    record Turn(int blocks, int rows, int columns, int width) {

        float[] apply(float[] values) {
            float[] result = new float[values.length];
            for (int block = 0; block < blocks; block++) {
                int start = block * rows * columns;
                for (int row = 0; row < rows; row++) {
                    for (int column = 0; column < columns; column++) {
                        int from = (start + row * columns + column) * width;
                        int to = (start + column * rows + row) * width;
                        System.arraycopy(values, from, result, to, width);
                    }
                }
            }
            return result;
        }

        /** The way back. */
        Turn inverse() {
            return new Turn(blocks, columns, rows, width);
        }
    }

    private final Map<String, List<Turn>> turns = new HashMap<>();
    private final Set<String> images = new HashSet<>();

    /** Of each value, how many inputs of nodes it is. */
    private final Map<String, Integer> takers = new HashMap<>();

    private final Blueprint blueprint;

    ImageOrder(Blueprint blueprint) {
        this.blueprint = blueprint;
        for (Node node : blueprint.nodes()) {
            node.inputs().forEach(name -> takers.merge(name, 1, Integer::sum));
        }
        if (samplesAreImages()) {
            images.add(Blueprint.INPUT);
        }
        for (Node node : blueprint.nodes()) {
            boolean vector = node.layer() instanceof Layer.Dense
                    || node.layer() instanceof Layer.Join
                            && !isImage(node.inputs().get(0));
            if (!vector) {
                images.add(node.name());
            }
        }
        for (Node node : blueprint.nodes()) {
            if (node.layer() instanceof Layer.Dense dense
                    && isImage(node.inputs().get(0))) {
                add(dense.name() + "_W", turn(1, shape(node.inputs().get(0)), dense.units()));
            } else if (givesImage(node)) {
                Layer before =
                        blueprint.node(node.inputs().get(0)).orElseThrow().layer();
                Shape image = node.layer().output();
                add(before.name() + "_W", turn(Math.toIntExact(before.input().size()), image, 1));
                add(before.name() + "_b", turn(1, image, 1));
            }
        }
    }

    /** Whether something wants the samples as images: all layers but dense ones and reshapes, which take any order. */
    private boolean samplesAreImages() {
        return blueprint.nodes().stream()
                .filter(node -> node.inputs().contains(Blueprint.INPUT))
                .map(Node::layer)
                .anyMatch(layer -> layer instanceof Layer.Join
                        ? blueprint.input().isImage()
                        : !(layer instanceof Layer.Dense || layer instanceof Layer.Reshape));
    }

    private Shape shape(String value) {
        return blueprint.node(value).map(node -> node.layer().output()).orElse(blueprint.input());
    }

    private static Turn turn(int blocks, Shape image, int width) {
        return new Turn(blocks, image.channels(), image.height() * image.width(), width);
    }

    private void add(String array, Turn turn) {
        turns.computeIfAbsent(array, name -> new ArrayList<>()).add(turn);
    }

    /** Whether a node's output, or the samples, go as [batch, channels, rows, columns], and not as [batch, values]. */
    boolean isImage(String value) {
        return images.contains(value);
    }

    /** Whether nodes take it. */
    boolean isTaken(String value) {
        return takers.containsKey(value);
    }

    /** Whether a node makes an image, for further ones, of what a dense layer gives to it alone. */
    boolean givesImage(Node node) {
        String from = node.inputs().get(0);
        return node.layer() instanceof Layer.Reshape
                && isTaken(node.name())
                && takers.get(from) == 1
                && !blueprint.outputs().containsValue(from)
                && blueprint
                        .node(from)
                        .filter(n -> n.layer() instanceof Layer.Dense)
                        .isPresent();
    }

    /** What is to be done to an array of a dense layer, one after the other. */
    List<Turn> of(String array) {
        return turns.getOrDefault(array, List.of());
    }
}

package org.aevo.genome;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aevo.network.Axes;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Shape;

/** A network on its way from the samples to the output: each layer takes what the one before it makes, a join others too. */
final class Wiring {
    private final Shape input;
    private final Axes axes;
    private final List<Node> nodes = new ArrayList<>();
    private Output here;
    private int decoded;

    /** What a layer makes. */
    record Output(String name, Shape shape) {}

    Wiring(Shape input) {
        this.input = input;
        this.axes = Axes.of(input);
        this.here = new Output(Blueprint.INPUT, input);
    }

    /** Shape of a sample. */
    Shape input() {
        return input;
    }

    Axes axes() {
        return axes;
    }

    /** What the last layer makes, which the next one takes. */
    Output here() {
        return here;
    }

    Shape shape() {
        return here.shape();
    }

    void add(Layer layer) {
        nodes.add(new Node(layer, List.of(here.name())));
        here = new Output(layer.name(), layer.output());
    }

    /** Adds other outputs to what the last layer makes; nothing where there are none. */
    void join(String name, List<Output> others) {
        if (others.isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>(List.of(here.name()));
        List<Shape> shapes = new ArrayList<>(List.of(here.shape()));
        for (Output other : others) {
            names.add(other.name());
            shapes.add(other.shape());
        }
        Layer join = new Layer.Join(name, shapes);
        nodes.add(new Node(join, names));
        here = new Output(name, join.output());
    }

    /** The next name of a decoder's layer: {@code d0_dense}, {@code d1_conv}. */
    String decoded(String kind) {
        return "d" + decoded++ + "_" + kind;
    }

    /** Makes a vector an image of a shape. */
    void reshape(Shape image) {
        add(new Layer.Reshape("reshape", shape(), image));
    }

    /** Cuts an enlarged image or signal back to the target's sides, where "same" padding had put the border. */
    void crop(Shape target) {
        int rows = shape().height() - target.height();
        int columns = shape().width() - target.width();
        if (rows == 0 && columns == 0) {
            return;
        }
        Shape cut = new Shape(shape().channels(), target.height(), target.width());
        add(new Layer.Crop(decoded("crop"), shape(), cut, rows / 2, columns / 2));
    }

    /** A dense layer has at most so many units as there are ints. */
    static int units(Shape shape) {
        if (shape.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("an image of " + shape + " is too large for a dense layer");
        }
        return (int) shape.size();
    }

    /** The whole network; what the last layer makes is its output, the layer {@value Blueprint#LATENT}, if any, makes its code. */
    Blueprint blueprint() {
        Map<String, String> outputs = new HashMap<>(Map.of(Blueprint.OUTPUT, here.name()));
        if (nodes.stream().anyMatch(node -> node.name().equals(Blueprint.LATENT))) {
            outputs.put(Blueprint.LATENT, Blueprint.LATENT);
        }
        return new Blueprint(input, nodes, outputs);
    }
}

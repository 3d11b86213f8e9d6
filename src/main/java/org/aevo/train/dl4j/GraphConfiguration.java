package org.aevo.train.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Shape;
import org.aevo.train.Loss;
import org.aevo.train.NetworkPlan;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.InputPreProcessor;

/**
 * A blueprint as Deeplearning4j's configuration of a graph: a vertex for each of the layers that {@link ChainConfiguration}
 * would put one behind the other, and those that a join takes.
 */
final class GraphConfiguration {
    private final NetworkPlan plan;
    private final LayerKit kit;
    private final InnerNames names;
    private final LayerParts parts;
    private final GraphVertices vertices = new GraphVertices();
    private final Shape samples;
    /** One for each place that the samples go to, in its form; one in all for a kit of whole images. */
    private final List<Place> inputs = new ArrayList<>();
    /** What each node makes. */
    private final Map<String, Place> places = new HashMap<>();

    private final Place output;

    /** Of a plan's network and its loss; what the loss is not computed from, an activation at the end, is its layer's. */
    GraphConfiguration(NetworkPlan plan, LayerKit kit) {
        Blueprint blueprint = plan.blueprint();
        Loss loss = plan.loss();
        loss.check(blueprint);
        this.plan = plan;
        this.kit = kit;
        samples = blueprint.input();
        names = new InnerNames(blueprint);
        parts = new LayerParts(kit, names);
        Place whole = new Place(Blueprint.INPUT, samples, samples.isImage());
        places.put(Blueprint.INPUT, whole);
        if (kit.wholeImages()) {
            inputs.add(whole);
        }
        Set<String> trained = blueprint.upTo(blueprint.output().name()).stream()
                .map(Node::name)
                .collect(Collectors.toSet());
        for (Node node : loss.trained(blueprint).nodes()) {
            vertices.trained(trained.contains(node.name()));
            place(node);
        }
        vertices.trained(true);
        output = end(blueprint.output().layer());
    }

    /** How batches go in: one and the same to all of these. */
    List<Place> inputs() {
        return inputs;
    }

    /** How reconstructions come out, and are compared. */
    Place output() {
        return output;
    }

    /** Where what a node of the blueprint makes is made; {@link Blueprint#INPUT} makes what is the samples in another shape. */
    Place end(String node) {
        return places.get(node);
    }

    /** Names of the library's layers with weights to those of the blueprint's. */
    Map<String, String> owners() {
        return parts.owners();
    }

    ComputationGraphConfiguration build() {
        GraphBuilder graph = kit.settings(plan).graphBuilder();
        graph.addInputs(inputs.stream().map(Place::maker).toList());
        vertices.addTo(graph);
        return graph.setOutputs(output.maker())
                .allowDisconnected(true)
                .validateOutputLayerConfig(false)
                .build();
    }

    private void place(Node node) {
        Layer layer = node.layer();
        if (layer instanceof Layer.Join join) {
            List<Place> from = new ArrayList<>();
            for (int i = 0; i < node.inputs().size(); i++) {
                Shape shape = join.inputs().get(i);
                from.add(from(node.inputs().get(i), shape, shape.isImage()));
            }
            places.put(node.name(), kit.join(join, from, names, vertices));
            return;
        }
        String input = node.inputs().get(0);
        if (layer instanceof Layer.Reshape) {
            // The next layer takes what form it needs.
            places.put(node.name(), places.get(input));
            return;
        }
        boolean image = LayerParts.takesImage(layer);
        Place from = from(input, layer.input(), image);
        InputPreProcessor reshape = from.into(image, layer.input()).orElse(null);
        String maker = from.maker();
        for (org.deeplearning4j.nn.conf.layers.Layer part : parts.of(layer, inputs.contains(from))) {
            vertices.add(part, reshape, maker);
            maker = part.getLayerName();
            reshape = null;
        }
        places.put(node.name(), new Place(maker, layer.output(), image));
    }

    /**
     * Where a node's input stands. Samples come to each of the own layers through an input of its own: the library adds up
     * the gradients of all that take one, and of samples there are none.
     */
    private Place from(String name, Shape shape, boolean image) {
        Place place = places.get(name);
        if (!place.maker().equals(Blueprint.INPUT) || kit.wholeImages()) {
            return place;
        }
        Place input = new Place(names.of(Blueprint.INPUT), shape, image);
        inputs.add(input);
        return input;
    }

    /** Adds the loss. */
    private Place end(Layer last) {
        Shape shape = last.output();
        boolean image = places.get(last.name()).image();
        if (kit.wholeImages()) {
            shape = LayerKit.shown(plan);
            image = shape.isImage();
        }
        Place made = from(last.name(), shape, image);
        Place result = new Place(names.of("loss"), shape, image);
        vertices.add(
                kit.loss(result.maker(), plan.loss(), image),
                made.into(image, shape).orElse(null),
                made.maker());
        return result;
    }
}

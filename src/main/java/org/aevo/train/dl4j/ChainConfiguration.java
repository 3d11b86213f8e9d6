package org.aevo.train.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Shape;
import org.aevo.train.Loss;
import org.aevo.train.NetworkPlan;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/**
 * A blueprint as Deeplearning4j's configuration of a chain of layers. One layer of the blueprint may become several of
 * the library (convolution, normalisation, activation) or none (a reshape: the next layer takes what form it needs).
 */
final class ChainConfiguration {
    private final List<org.deeplearning4j.nn.conf.layers.Layer> layers = new ArrayList<>();
    private final Map<Integer, InputPreProcessor> reshapes = new LinkedHashMap<>();
    private final Map<String, Integer> ends = new HashMap<>();
    private final NetworkPlan plan;
    private final LayerKit kit;
    private final LayerParts parts;
    private final Place input;
    /** Of what the last layer so far makes. */
    private Place place;

    /** Of a plan's network and its loss; what the loss is not computed from, an activation at the end, is its layer's. */
    ChainConfiguration(NetworkPlan plan, LayerKit kit) {
        Blueprint blueprint = plan.blueprint();
        Loss loss = plan.loss();
        loss.check(blueprint);
        this.plan = plan;
        this.kit = kit;
        InnerNames names = new InnerNames(blueprint);
        parts = new LayerParts(kit, names);
        Shape samples = blueprint.input();
        input = new Place(
                Blueprint.INPUT,
                samples,
                kit.wholeImages()
                        ? samples.isImage()
                        : blueprint.layers().stream()
                                .filter(layer -> !(layer instanceof Layer.Reshape))
                                .findFirst()
                                .map(LayerParts::takesImage)
                                .orElse(false));
        place = input;
        for (Layer layer : loss.trained(blueprint).layers()) {
            append(layer);
            ends.put(layer.name(), layers.size());
        }
        if (kit.wholeImages()) {
            Shape shape = LayerKit.shown(plan);
            take(shape.isImage(), shape);
        }
        layers.add(kit.loss(names.of("loss"), loss, place.image()));
    }

    /** How batches go in. */
    Place input() {
        return input;
    }

    /** How reconstructions come out, and are compared. */
    Place output() {
        return place;
    }

    /** How many layers of the library there are up to the end of one of the blueprint. */
    int end(String layer) {
        return ends.get(layer);
    }

    /** Names of the library's layers with weights to those of the blueprint's. */
    Map<String, String> owners() {
        return parts.owners();
    }

    MultiLayerConfiguration build() {
        NeuralNetConfiguration.ListBuilder chain = kit.settings(plan).list();
        for (org.deeplearning4j.nn.conf.layers.Layer layer : layers) {
            chain.layer(layer);
        }
        reshapes.forEach(chain::inputPreProcessor);
        return chain.validateOutputLayerConfig(false).build();
    }

    private void append(Layer layer) {
        if (layer instanceof Layer.Reshape) {
            return;
        }
        take(LayerParts.takesImage(layer), layer.input());
        layers.addAll(parts.of(layer, layers.isEmpty()));
        place = new Place(layer.name(), layer.output(), place.image());
    }

    private void take(boolean image, Shape shape) {
        place.into(image, shape).ifPresent(reshape -> reshapes.put(layers.size(), reshape));
        place = new Place(place.maker(), shape, image);
    }
}

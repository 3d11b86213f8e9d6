package org.aevo.design;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.yaml.Fields;
import org.aevo.yaml.Suggestion;
import org.aevo.yaml.Values;
import org.aevo.yaml.YamlException;
import org.aevo.yaml.YamlTree;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the YAML of a network file. */
final class NetworkReader {
    private static final int MOST_BATCH = 1 << 20;
    private static final int LONGEST_TEXT = 1 << 20;
    private static final String LINE = "the network's text";

    private final String label;
    private final Fields file;
    /** Where what is named so stands; filled while reading. */
    private final Map<String, String> places = new HashMap<>();

    NetworkReader(YamlTree tree, String label) {
        this.label = label;
        this.file = new Fields(tree.root(), "");
    }

    /** The network of a text of one line. */
    static HandmadeNetwork line(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "a network's text has at most " + LONGEST_TEXT + " characters, this has " + text.length());
        }
        String yaml = NetworkText.yaml(text);
        return new NetworkReader(YamlTree.parse(yaml, LINE), LINE).file().network();
    }

    NetworkFile file() {
        String name = file.value(
                        "name",
                        "one line of at most " + HandmadeNetwork.LONGEST_NAME + " characters",
                        n -> Optional.ofNullable(Values.line(n))
                                .filter(text -> text.length() <= HandmadeNetwork.LONGEST_NAME)
                                .orElse(null))
                .orElse(fileName());
        Optional<Shape> input = file.value(Blueprint.INPUT, LayerReader.SHAPE, LayerReader::shape);
        file.node(Blueprint.INPUT).ifPresent(node -> places.put(Blueprint.INPUT, YamlTree.place(node)));
        Hyperparameters hyperparameters = hyperparameters();
        OptionalLong seed = file.value("seed", "a whole number", Values::whole)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
        Optional<String> given = file.value("latent", "the name of a layer", Values::line);
        List<LayerDraft> layers = layers();
        file.end();
        given.ifPresent(code -> checkCode(code, layers));
        Set<String> names = new HashSet<>(places.keySet());
        String output = output(layers);
        boolean code = names.contains(Blueprint.LATENT) && !HandmadeNetwork.isSoftmax(layers, output);
        Optional<String> latent = given.or(() -> code ? Optional.of(Blueprint.LATENT) : Optional.empty());
        HandmadeNetwork network = NetworkFile.explained(
                label, places, () -> new HandmadeNetwork(name, input, layers, latent, output, hyperparameters, seed));
        return new NetworkFile(label, network, places);
    }

    private void checkCode(String name, List<LayerDraft> layers) {
        List<String> known = layers.stream().map(LayerDraft::name).toList();
        if (!known.contains(name)) {
            throw file.error(
                    file.node("latent").orElseThrow(),
                    "latent: there is no layer '" + name + "'"
                            + Suggestion.nearest(name, known)
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse(""));
        }
    }

    private Hyperparameters hyperparameters() {
        Optimizer optimizer =
                file.word("optimizer", LayerReader.words(Optimizer.class)).orElse(Optimizer.ADAM);
        double rate = file.value(
                        "learning-rate", "a number" + Values.bounds(1e-12, 1e6), n -> Values.decimal(n, 1e-12, 1e6))
                .orElse(1e-3);
        int batch = file.integer("batch-size", 1, MOST_BATCH).orElse(128);
        return new Hyperparameters(optimizer, rate, batch);
    }

    private List<LayerDraft> layers() {
        Optional<Node> node = file.node("layers");
        if (node.isEmpty()
                || !(node.get() instanceof SequenceNode list)
                || list.getValue().isEmpty()) {
            throw file.error(
                    node.orElse(file.node()),
                    "layers must be a list of layers, for instance - {kind: dense, units: 64}");
        }
        if (list.getValue().size() > HandmadeNetwork.MOST_LAYERS) {
            throw file.error(list, "layers: more than " + HandmadeNetwork.MOST_LAYERS);
        }
        List<Fields> entries = new ArrayList<>();
        Set<String> given = new HashSet<>();
        for (Node entry : list.getValue()) {
            if (!(entry instanceof MappingNode mapping)) {
                throw file.error(
                        entry,
                        "a layer must have keys of its own, for instance {kind: dense, units: 64}, was "
                                + Values.show(entry));
            }
            Fields fields = new Fields(mapping, "layer " + (entries.size() + 1));
            LayerReader.name(fields).ifPresent(name -> {
                if (!given.add(name)) {
                    throw new YamlException(YamlTree.place(fields.node("name").orElseThrow()) + ": layer '" + name
                            + "': there is another layer of this name");
                }
            });
            entries.add(fields);
        }
        List<LayerDraft> layers = new ArrayList<>();
        String before = Blueprint.INPUT;
        for (Fields entry : entries) {
            LayerDraft layer = LayerReader.read(entry, layers.size() + 1, before, given);
            places.put(layer.name(), YamlTree.place(entry.node()));
            layers.add(layer);
            before = layer.name();
        }
        return layers;
    }

    /** The one that no other takes; of several the last, and the others are errors. */
    private static String output(List<LayerDraft> layers) {
        Set<String> taken = new HashSet<>();
        layers.forEach(layer -> taken.addAll(layer.inputs()));
        return layers.stream()
                .map(LayerDraft::name)
                .filter(name -> !taken.contains(name))
                .reduce((first, second) -> second)
                .orElseGet(() -> layers.get(layers.size() - 1).name());
    }

    private String fileName() {
        String file = label.substring(label.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        String base = dot > 0 ? file.substring(0, dot) : file;
        // cut before it is made fit: half of a character is none
        String name = YamlTree.brief(base.substring(0, Math.min(base.length(), HandmadeNetwork.LONGEST_NAME)));
        return name.isBlank() ? "network" : name;
    }
}

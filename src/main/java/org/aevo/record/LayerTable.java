package org.aevo.record;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Padding;
import org.aevo.network.Shape;

/**
 * A network as tables in HDF5: {@code layers} with a row per layer, each behind those that it takes its inputs from, and
 * {@code outputs} by name. What {@link #writeChain} leaves out follows from the order: each layer takes the output of the
 * one before it, the last one's is the output, and that of the layer {@value Blueprint#LATENT} the code.
 */
final class LayerTable {
    static final String LAYERS = "layers";
    private static final String OUTPUTS = "outputs";
    private static final String INPUTS = "inputs";
    private static final String LAYER = "layer";

    private LayerTable() {}

    /** Whether {@link #writeChain} says all of a network. */
    static boolean isChain(Blueprint blueprint) {
        return blueprint.isChain() && blueprint.equals(Blueprint.chain(blueprint.input(), blueprint.layers()));
    }

    /** Whether {@link #write} can say all of a network: names hold no spaces, which stand between them. */
    static boolean holds(Blueprint blueprint) {
        return blueprint.nodes().stream()
                .allMatch(node -> !node.name().isEmpty() && node.name().chars().allMatch(c -> c > ' '));
    }

    /** Writes the layers of a network that {@link #isChain}. */
    static void writeChain(WritableGroup parent, Blueprint blueprint) {
        writeLayers(parent, blueprint.layers());
    }

    /**
     * Writes any network.
     *
     * @throws RecordException if a layer's name is none that the table can hold
     */
    static void write(WritableGroup parent, Blueprint blueprint) throws RecordException {
        List<org.aevo.network.Node> nodes = blueprint.nodes();
        if (!holds(blueprint)) {
            throw new RecordException("names of layers cannot be stored if they are empty or have spaces: "
                    + nodes.stream().map(org.aevo.network.Node::name).toList());
        }
        writeLayers(parent, blueprint.layers())
                .text(
                        INPUTS,
                        "names of the layers whose outputs it takes, with spaces between; " + Blueprint.INPUT
                                + " stands for the samples; a layer of kind join adds the others to the first",
                        row -> String.join(" ", nodes.get(row).inputs()));
        List<String> names = new ArrayList<>(new TreeSet<>(blueprint.outputs().keySet()));
        new Hdf5Table(parent, OUTPUTS, "what the network gives: one row per output", names.size())
                .text(
                        "name",
                        blueprint.outputActivation() == Activation.SOFTMAX
                                ? "output: a probability for each class"
                                : "output: the reconstruction; latent: the code",
                        names::get)
                .text(LAYER, "the layer whose output it is", row -> blueprint
                        .outputs()
                        .get(names.get(row)));
    }

    private static Hdf5Table writeLayers(WritableGroup parent, List<Layer> layers) {
        Hdf5Table table =
                new Hdf5Table(parent, LAYERS, "one row per layer, in order: how to compute it", layers.size());
        for (LayerColumns.Column column : LayerColumns.ALL) {
            if (column instanceof LayerColumns.Text text) {
                table.text(text.name(), text.description(), row -> text.value().apply(layers.get(row)));
            } else if (column instanceof LayerColumns.Whole whole) {
                table.i32(whole.name(), "", whole.description(), row -> whole.value()
                        .applyAsInt(layers.get(row)));
            } else if (column instanceof LayerColumns.Real real) {
                table.f64(
                        real.name(), "", real.description(), row -> real.value().applyAsDouble(layers.get(row)));
            }
        }
        if (layers.stream().anyMatch(layer -> LayerColumns.padding(layer).equals(Optional.of(Padding.VALID)))) {
            LayerColumns.Text column = LayerColumns.PADDINGS;
            table.text(
                    column.name(), column.description(), row -> column.value().apply(layers.get(row)));
        }
        return table;
    }

    /**
     * The network that one of the two wrote.
     *
     * @param input shape of a sample
     * @throws IllegalArgumentException if the tables are of no network; the message names the layer
     */
    static Blueprint read(Group parent, Shape input) {
        LayerRows rows = new LayerRows(columns(parent, LAYERS));
        boolean chain = !rows.has(INPUTS);
        List<org.aevo.network.Node> nodes = new ArrayList<>();
        Map<String, Shape> made = new HashMap<>(Map.of(Blueprint.INPUT, input));
        String before = Blueprint.INPUT;
        for (int row = 0; row < rows.count(); row++) {
            List<String> inputs =
                    chain ? List.of(before) : List.of(rows.text(INPUTS, row).split(" ", -1));
            List<Shape> shapes = new ArrayList<>();
            for (String from : inputs) {
                Shape shape = made.get(from);
                if (shape == null) {
                    throw new IllegalArgumentException("layer " + rows.text(LayerColumns.NAME, row)
                            + " takes the output of " + from + ", which is not there before it");
                }
                shapes.add(shape);
            }
            Layer layer = rows.layer(row, input, shapes);
            nodes.add(new org.aevo.network.Node(layer, inputs));
            before = layer.name();
            made.put(before, layer.output());
        }
        return chain
                ? Blueprint.chain(
                        input, nodes.stream().map(org.aevo.network.Node::layer).toList())
                : new Blueprint(input, nodes, outputs(parent));
    }

    private static Map<String, String> outputs(Group parent) {
        TableColumns table = columns(parent, OUTPUTS);
        Map<String, String> outputs = new LinkedHashMap<>();
        for (int row = 0; row < table.rows(); row++) {
            String name = table.text("name", row);
            if (outputs.put(name, table.text(LAYER, row)) != null) {
                throw new IllegalArgumentException("two outputs have the name " + name);
            }
        }
        return outputs;
    }

    private static TableColumns columns(Group parent, String name) {
        if (!(parent.getChild(name) instanceof Group group)) {
            throw new IllegalArgumentException("there is no table of " + name);
        }
        Map<String, Object> columns = new HashMap<>();
        for (Node node : group) {
            if (node instanceof Dataset dataset) {
                columns.put(node.getName(), dataset.getDataFlat());
            }
        }
        return new TableColumns(name, ((Number) group.getAttribute("rows").getData()).longValue(), columns);
    }
}

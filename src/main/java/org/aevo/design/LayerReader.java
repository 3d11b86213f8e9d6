package org.aevo.design;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.EnumText;
import org.aevo.network.Padding;
import org.aevo.network.Shape;
import org.aevo.yaml.Fields;
import org.aevo.yaml.Values;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads one layer of a network file. */
final class LayerReader {
    static final String SHAPE = "[channels, rows, columns], or [values] of a vector, each from 1 to 1048576";
    private static final String SIDES = "[rows, columns], each from 1 to 1048576";
    private static final int MOST = 1 << 20;
    /** Sides that engines can be trusted with, see the search space's. */
    private static final int LONGEST_WINDOW = 7;

    private static final String NAME = "[A-Za-z][A-Za-z0-9_]{0,63}";
    private static final Map<String, Activation> ACTIVATIONS = words(Activation.class);
    private static final Map<String, Padding> PADDINGS = words(Padding.class);
    private static final Map<String, Function<Fields, Form>> KINDS = kinds();

    private LayerReader() {}

    /** A layer's name, if it is given one. */
    static Optional<String> name(Fields layer) {
        return layer.value(
                "name",
                "a letter, then letters, digits and underscores, at most 64, and not " + Blueprint.INPUT,
                n -> Optional.ofNullable(Values.line(n))
                        .filter(text -> text.matches(NAME) && !text.equals(Blueprint.INPUT))
                        .orElse(null));
    }

    /**
     * A layer.
     *
     * @param number its place in the file, from 1
     * @param before name of the layer before it
     * @param taken names that others have
     */
    static LayerDraft read(Fields entry, int number, String before, Set<String> taken) {
        Optional<String> given = name(entry);
        Fields fields = entry.called(given.map(name -> "layer '" + name + "'").orElse("layer " + number));
        name(fields);
        Function<Fields, Form> kind =
                fields.required("kind", fields.word("kind", KINDS), "one of " + String.join(", ", KINDS.keySet()));
        List<String> inputs = fields.value(
                        "inputs", "a list of names of layers, or " + Blueprint.INPUT, LayerReader::names)
                .orElse(List.of(before));
        Optional<Shape> output = fields.value("output", SHAPE, LayerReader::shape);
        Form form = kind.apply(fields);
        fields.end();
        return new LayerDraft(given.orElseGet(() -> free(number, form, taken)), inputs, form, output);
    }

    private static String free(int number, Form form, Set<String> taken) {
        String name = "l" + number + "_" + form.kind();
        while (taken.contains(name)) {
            name += "_";
        }
        return name;
    }

    private static Map<String, Function<Fields, Form>> kinds() {
        Map<String, Function<Fields, Form>> kinds = new LinkedHashMap<>();
        kinds.put(
                "dense",
                f -> new Form.Dense(
                        amount(f, "units"),
                        activation(f),
                        f.value("dropout", "a number from 0 to 0.99", n -> Values.decimal(n, 0, 0.99))
                                .map(dropout -> dropout + 0.0) // -0.0 is no other
                                .orElse(0.0)));
        kinds.put(
                "conv",
                f -> new Form.Conv(filters(f), kernel(f), stride(f), activation(f), normalization(f), padding(f)));
        kinds.put("deconv", LayerReader::deconvolution);
        Function<Fields, Form> pool =
                f -> new Form.Pool(f.integer("size", 2, LONGEST_WINDOW).orElse(2), padding(f));
        kinds.put("pool", pool);
        kinds.put("max-pool", pool);
        kinds.put(
                "upsample",
                f -> new Form.Upsample(f.integer("factor", 2, LONGEST_WINDOW).orElse(2)));
        kinds.put("crop", LayerReader::crop);
        kinds.put("reshape", f -> new Form.Reshape(target(f, SHAPE, LayerReader::shape)));
        kinds.put("add", f -> new Form.Add());
        kinds.put("join", f -> new Form.Add());
        return kinds;
    }

    private static Form deconvolution(Fields f) {
        Form.Deconv deconv = new Form.Deconv(filters(f), kernel(f), stride(f), activation(f), normalization(f));
        if (deconv.stride() > deconv.kernel() + 1) {
            // Deeplearning4j has no such layer, and engines are to be exchangeable
            throw f.error(
                    f.node(),
                    "a stride of " + deconv.stride() + " is too long for a kernel of " + deconv.kernel() + ": at most "
                            + (deconv.kernel() + 1));
        }
        return deconv;
    }

    private static Form crop(Fields f) {
        Target to = target(f, SIDES, LayerReader::sides);
        Optional<Integer> top = f.integer("top", 0, MOST);
        Optional<Integer> left = f.integer("left", 0, MOST);
        return new Form.Crop(
                to,
                top.isEmpty() && left.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Form.Corner(top.orElse(0), left.orElse(0))));
    }

    private static Target target(Fields f, String expected, Function<Node, Shape> parse) {
        Optional<Shape> to = f.value("to", expected, parse);
        Optional<String> like = f.value("like", "the name of a layer", Values::line);
        if (to.isPresent() == like.isPresent()) {
            throw f.error(f.node(), "to or like must say what comes out, one of them");
        }
        return new Target(to, like);
    }

    private static Amount amount(Fields f, String key) {
        Optional<Integer> number = f.integer(key, 1, MOST);
        Optional<String> like = f.value("like", "the name of a layer", Values::line);
        if (number.isPresent() && like.isPresent()) {
            throw f.error(f.node(), key + " and like contradict each other: leave one out");
        }
        return new Amount(number, like);
    }

    private static Amount filters(Fields f) {
        Amount filters = amount(f, "filters");
        if (filters.isOpen()) {
            throw f.error(f.node(), "filters is missing, expected a whole number" + Values.bounds(1, MOST));
        }
        return filters;
    }

    private static int kernel(Fields f) {
        return f.integer("kernel", 1, LONGEST_WINDOW).orElse(3);
    }

    private static int stride(Fields f) {
        return f.integer("stride", 1, LONGEST_WINDOW).orElse(1);
    }

    private static boolean normalization(Fields f) {
        return f.value("batch-normalization", "true or false", Values::flag).orElse(false);
    }

    private static Padding padding(Fields f) {
        return f.word("padding", PADDINGS).orElse(Padding.SAME);
    }

    private static Optional<Activation> activation(Fields f) {
        return f.word("activation", ACTIVATIONS);
    }

    /** One name, or a list of them. */
    private static List<String> names(Node node) {
        return node instanceof ScalarNode
                ? Optional.ofNullable(Values.line(node)).map(List::of).orElse(null)
                : Values.list(node, Values::line);
    }

    static Shape shape(Node node) {
        List<Long> sides = node instanceof ScalarNode
                ? List.of(Values.whole(node))
                : Values.list(node, n -> Values.whole(n, 1, MOST));
        if (sides == null || sides.size() != 1 && sides.size() != 3 || sides.get(0) < 1 || sides.get(0) > MOST) {
            return null;
        }
        int channels = sides.get(0).intValue();
        return sides.size() == 1
                ? Shape.vector(channels)
                : new Shape(channels, sides.get(1).intValue(), sides.get(2).intValue());
    }

    private static Shape sides(Node node) {
        List<Long> sides = Values.list(node, n -> Values.whole(n, 1, MOST));
        return sides == null || sides.size() != 2
                ? null
                : new Shape(1, sides.get(0).intValue(), sides.get(1).intValue());
    }

    /** The constants of an enumeration by their words in files. */
    static <E extends Enum<E>> Map<String, E> words(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(EnumText.of(constant), constant);
        }
        return words;
    }
}

package org.aevo.design;

import java.util.ArrayList;
import java.util.List;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.EnumText;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Padding;
import org.aevo.network.Shape;
import org.aevo.yaml.Values;

/** Writes networks as YAML: as a file, a layer on each line, or all on one line. */
public final class NetworkText {
    /** No genome begins with this word. */
    private static final String WORD = "network ";

    private NetworkText() {}

    /** Whether a text is one that {@link #line} made, and not a genome's. */
    static boolean isLine(String text) {
        return text.startsWith(WORD + "{");
    }

    /** The YAML of a text of one line. */
    static String yaml(String line) {
        return line.substring(WORD.length());
    }

    static String line(HandmadeNetwork network) {
        List<String> entries = head(network);
        entries.add("layers: [" + String.join(", ", layers(network)) + "]");
        return WORD + "{" + String.join(", ", entries) + "}";
    }

    /** A network file. */
    public static String file(HandmadeNetwork network) {
        StringBuilder text = new StringBuilder();
        head(network).forEach(entry -> text.append(entry).append('\n'));
        text.append("layers:\n");
        layers(network).forEach(layer -> text.append("  - ").append(layer).append('\n'));
        return text.toString();
    }

    private static List<String> head(HandmadeNetwork network) {
        Hyperparameters h = network.hyperparameters();
        List<String> entries = new ArrayList<>();
        entries.add("name: " + Values.quoted(network.name()));
        network.input().ifPresent(shape -> entries.add(Blueprint.INPUT + ": " + shape(shape)));
        entries.add("optimizer: " + EnumText.of(h.optimizer()));
        entries.add("learning-rate: " + h.learningRate());
        entries.add("batch-size: " + h.batchSize());
        network.seed().ifPresent(seed -> entries.add("seed: " + seed));
        network.latent().ifPresent(name -> entries.add("latent: " + Values.quoted(name)));
        return entries;
    }

    private static List<String> layers(HandmadeNetwork network) {
        List<String> layers = new ArrayList<>();
        String before = Blueprint.INPUT;
        for (LayerDraft layer : network.layers()) {
            List<String> keys = new ArrayList<>();
            keys.add("kind: " + layer.form().kind());
            keys.add("name: " + Values.quoted(layer.name()));
            if (!layer.inputs().equals(List.of(before))) {
                keys.add("inputs: ["
                        + String.join(
                                ", ",
                                layer.inputs().stream().map(Values::quoted).toList()) + "]");
            }
            parameters(keys, layer.form());
            layer.output().ifPresent(shape -> keys.add("output: " + shape(shape)));
            layers.add("{" + String.join(", ", keys) + "}");
            before = layer.name();
        }
        return layers;
    }

    /** A layer without its place in a network: {@code {kind: pool, size: 2}}. */
    static String parameters(Form form) {
        List<String> keys = new ArrayList<>(List.of("kind: " + form.kind()));
        parameters(keys, form);
        return "{" + String.join(", ", keys) + "}";
    }

    private static void parameters(List<String> keys, Form form) {
        if (form instanceof Form.Dense d) {
            amount(keys, "units", d.units());
            activation(keys, d);
            if (d.dropout() > 0) {
                keys.add("dropout: " + d.dropout());
            }
        } else if (form instanceof Form.Conv c) {
            convolution(keys, c.filters(), c.kernel(), c.stride(), c, c.batchNormalization());
            padding(keys, c.padding());
        } else if (form instanceof Form.Deconv c) {
            convolution(keys, c.filters(), c.kernel(), c.stride(), c, c.batchNormalization());
        } else if (form instanceof Form.Pool p) {
            keys.add("size: " + p.size());
            padding(keys, p.padding());
        } else if (form instanceof Form.Upsample u) {
            keys.add("factor: " + u.factor());
        } else if (form instanceof Form.Crop c) {
            c.to().shape().ifPresent(s -> keys.add("to: [" + s.height() + ", " + s.width() + "]"));
            c.to().like().ifPresent(layer -> keys.add("like: " + Values.quoted(layer)));
            c.corner().ifPresent(corner -> keys.add("top: " + corner.top() + ", left: " + corner.left()));
        } else if (form instanceof Form.Reshape r) {
            r.to().shape().ifPresent(s -> keys.add("to: " + shape(s)));
            r.to().like().ifPresent(layer -> keys.add("like: " + Values.quoted(layer)));
        }
    }

    private static void convolution(
            List<String> keys, Amount filters, int kernel, int stride, Form.Activated form, boolean normalized) {
        amount(keys, "filters", filters);
        keys.add("kernel: " + kernel);
        keys.add("stride: " + stride);
        activation(keys, form);
        if (normalized) {
            keys.add("batch-normalization: true");
        }
    }

    private static void padding(List<String> keys, Padding padding) {
        if (padding != Padding.SAME) {
            keys.add("padding: " + EnumText.of(padding));
        }
    }

    private static void amount(List<String> keys, String key, Amount amount) {
        amount.number().ifPresent(number -> keys.add(key + ": " + number));
        amount.like().ifPresent(layer -> keys.add("like: " + Values.quoted(layer)));
    }

    private static void activation(List<String> keys, Form.Activated form) {
        form.activation().map((Activation a) -> EnumText.of(a)).ifPresent(word -> keys.add("activation: " + word));
    }

    private static String shape(Shape shape) {
        return shape.isImage()
                ? "[" + shape.channels() + ", " + shape.height() + ", " + shape.width() + "]"
                : "[" + shape.channels() + "]";
    }
}

package org.aevo.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Padding;
import org.aevo.report.Numbers;

/** Layers in words: kernel and stride, size, activation. */
public final class Layers {
    private Layers() {}

    /** {@code 16 filters 3x3, stride 2, relu}. */
    public static String text(Layer layer) {
        if (layer instanceof Layer.Conv c) {
            return Numbers.count(c.filters(), "filter") + " " + window(c) + stride(c.stride())
                    + padding(c.padding())
                    + normalised(c.batchNormalization()) + activation(c.activation());
        }
        if (layer instanceof Layer.Deconv d) {
            return Numbers.count(d.filters(), "transposed filter") + " " + window(d) + stride(d.stride())
                    + normalised(d.batchNormalization()) + activation(d.activation());
        }
        if (layer instanceof Layer.MaxPool p) {
            return "largest of " + window(p) + padding(p.padding());
        }
        if (layer instanceof Layer.Upsample u) {
            return "each value " + u.factorRows() + "x" + u.factor() + " times";
        }
        if (layer instanceof Layer.Crop c) {
            return "from row " + c.top() + ", column " + c.left();
        }
        if (layer instanceof Layer.Dense d) {
            return Numbers.count(d.units(), "unit")
                    + activation(d.activation())
                    + (d.dropout() > 0 ? ", dropout " + String.format(Locale.ROOT, "%.2f", d.dropout()) : "");
        }
        if (layer instanceof Layer.Join j) {
            boolean fitted = j.inputs().stream().anyMatch(shape -> !shape.equals(j.output()));
            return "sum of " + j.inputs().size() + (fitted ? ", fitted to the first" : "");
        }
        return "vector as image";
    }

    /** Kind and window in one or two words; channels, units and sides are those of the output. */
    static String brief(Layer layer) {
        if (layer instanceof Layer.Windowed w) {
            String kind = layer instanceof Layer.Conv ? "conv" : layer instanceof Layer.Deconv ? "deconv" : "max pool";
            return kind + " " + window(w)
                    + (w.stride() > 1 && !(layer instanceof Layer.MaxPool) ? "/" + w.stride() : "")
                    + (layer instanceof Layer.Activated a ? activation(a.activation()) : "");
        }
        if (layer instanceof Layer.Upsample u) {
            return "upsample " + u.factorRows() + "x" + u.factor();
        }
        if (layer instanceof Layer.Dense d) {
            return "dense" + activation(d.activation());
        }
        return layer instanceof Layer.Crop ? "crop" : layer instanceof Layer.Join ? "sum" : "reshape";
    }

    /** For each node, the names of what it takes with commas between; empty where that is simply the layer before it. */
    public static List<String> from(Blueprint blueprint) {
        List<String> from = new ArrayList<>();
        String before = Blueprint.INPUT;
        for (Node node : blueprint.nodes()) {
            from.add(node.inputs().equals(List.of(before)) ? "" : String.join(", ", node.inputs()));
            before = node.name();
        }
        return from;
    }

    private static String window(Layer.Windowed layer) {
        return layer.kernelRows() + "x" + layer.kernel();
    }

    private static String stride(int stride) {
        return ", stride " + stride;
    }

    /** Nothing of "same" padding, which most have. */
    private static String padding(Padding padding) {
        return padding == Padding.VALID ? ", no padding" : "";
    }

    private static String normalised(boolean normalised) {
        return normalised ? ", batch normalisation" : "";
    }

    private static String activation(Activation activation) {
        return activation == Activation.IDENTITY
                ? ""
                : ", " + activation.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package org.aevo.report.run;

import java.util.Locale;
import org.aevo.network.Activation;
import org.aevo.network.Layer;
import org.aevo.report.Numbers;

/** Layers in words: kernel and stride, size, activation. */
public final class Layers {
    private Layers() {}

    /** {@code 16 filters 3x3, stride 2, relu}. */
    public static String text(Layer layer) {
        if (layer instanceof Layer.Conv c) {
            return Numbers.count(c.filters(), "filter") + " " + window(c) + stride(c.stride())
                    + normalised(c.batchNormalization()) + activation(c.activation());
        }
        if (layer instanceof Layer.Deconv d) {
            return Numbers.count(d.filters(), "transposed filter") + " " + window(d) + stride(d.stride())
                    + normalised(d.batchNormalization()) + activation(d.activation());
        }
        if (layer instanceof Layer.MaxPool p) {
            return "largest of " + window(p);
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
        return "vector as image";
    }

    private static String window(Layer.Windowed layer) {
        return layer.kernelRows() + "x" + layer.kernel();
    }

    private static String stride(int stride) {
        return ", stride " + stride;
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

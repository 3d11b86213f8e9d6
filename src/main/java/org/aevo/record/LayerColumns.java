package org.aevo.record;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.aevo.network.EnumText;
import org.aevo.network.Layer;
import org.aevo.network.Padding;
import org.aevo.network.Shape;

/** What a table of layers says of each of them: all numbers that computing it takes. */
final class LayerColumns {
    private static final int NONE = -1;

    private LayerColumns() {}

    /** A column, and what stands in it for a layer. */
    sealed interface Column {
        String name();

        String description();
    }

    record Text(String name, String description, Function<Layer, String> value) implements Column {}

    record Whole(String name, String description, ToIntFunction<Layer> value) implements Column {}

    record Real(String name, String description, ToDoubleFunction<Layer> value) implements Column {}

    static final String NAME = "name";
    static final String KIND = "kind";
    static final String IN = "in";
    static final String OUT = "out";
    static final String KERNEL = "kernel";
    static final String STRIDE = "stride";
    static final String KERNEL_ROWS = "kernel_rows";
    static final String STRIDE_ROWS = "stride_rows";
    static final String TOP = "top";
    static final String LEFT = "left";
    static final String ACTIVATION = "activation";
    static final String NORMALIZED = "normalized";
    static final String DROPOUT = "dropout";
    static final String PADDING = "padding";

    /** Only where a layer has other padding than "same": tables of all others have no such column. */
    static final Text PADDINGS =
            new Text(PADDING, "same, or valid: none; empty for layers without windows", layer -> padding(layer)
                    .map(EnumText::of)
                    .orElse(""));

    static final List<Column> ALL = List.of(
            new Text(NAME, "prefix of its arrays in /weights", Layer::name),
            new Text(KIND, "dense, conv, deconv, max-pool, upsample, crop or reshape", LayerColumns::kind),
            new Whole(IN + "_channels", "of the input", layer -> layer.input().channels()),
            new Whole(IN + "_height", "of the input", layer -> layer.input().height()),
            new Whole(IN + "_width", "of the input", layer -> layer.input().width()),
            new Whole(
                    OUT + "_channels", "of the output", layer -> layer.output().channels()),
            new Whole(OUT + "_height", "of the output", layer -> layer.output().height()),
            new Whole(OUT + "_width", "of the output", layer -> layer.output().width()),
            new Whole(KERNEL, "columns of the window", layer -> Window.of(layer).kernel()),
            new Whole(STRIDE, "step of the window; upsample: its factor", layer -> Window.of(layer)
                    .stride()),
            new Whole(KERNEL_ROWS, "as kernel, or 1 where samples are signals", layer -> Window.ofRows(layer)
                    .kernel()),
            new Whole(STRIDE_ROWS, "as stride, or 1 where samples are signals", layer -> Window.ofRows(layer)
                    .stride()),
            new Whole(TOP, "rows", layer -> Edges.of(layer).top()),
            new Whole("bottom", "rows", layer -> Edges.of(layer).bottom()),
            new Whole(LEFT, "columns", layer -> Edges.of(layer).left()),
            new Whole("right", "columns", layer -> Edges.of(layer).right()),
            new Text(
                    ACTIVATION,
                    "after the layer and its normalisation; empty for none",
                    layer -> layer instanceof Layer.Activated a ? EnumText.of(a.activation()) : ""),
            new Whole(
                    NORMALIZED,
                    "1 if batch normalisation comes before the activation",
                    layer -> isNormalized(layer) ? 1 : 0),
            new Real(
                    "epsilon",
                    "added to the variance; NaN without",
                    layer -> isNormalized(layer) ? Layer.EPSILON : Double.NaN),
            new Real(DROPOUT, "in training alone", layer -> layer instanceof Layer.Dense d ? d.dropout() : 0));

    /** A window of {@code kernel} columns or rows that moves by {@code stride}; of pooling both are the size. */
    private record Window(int kernel, int stride) {
        static final Window ABSENT = new Window(NONE, NONE);

        /** Along columns. */
        static Window of(Layer layer) {
            if (layer instanceof Layer.Windowed w) {
                return new Window(w.kernel(), w.stride());
            }
            return layer instanceof Layer.Upsample u ? new Window(NONE, u.factor()) : ABSENT;
        }

        /** Along rows. */
        static Window ofRows(Layer layer) {
            if (layer instanceof Layer.Windowed w) {
                return new Window(w.kernelRows(), w.strideRows());
            }
            return layer instanceof Layer.Upsample u ? new Window(NONE, u.factorRows()) : ABSENT;
        }

        /** What "same" padding adds to {@code large} for {@code small} places of the window; may be less than nothing. */
        int excess(int small, int large) {
            return (small - 1) * stride + kernel - large;
        }
    }

    /** Rows and columns that are added or cut at each edge. */
    private record Edges(int top, int bottom, int left, int right) {
        static final Edges ABSENT = new Edges(0, 0, 0, 0);

        static Edges of(Layer layer) {
            Shape in = layer.input();
            Shape out = layer.output();
            Window window = Window.of(layer);
            if (layer instanceof Layer.Conv || layer instanceof Layer.MaxPool) {
                int rows = Math.max(0, Window.ofRows(layer).excess(out.height(), in.height()));
                int columns = Math.max(0, window.excess(out.width(), in.width()));
                return new Edges(rows / 2, rows - rows / 2, columns / 2, columns - columns / 2);
            }
            if (layer instanceof Layer.Deconv) {
                int rows = Window.ofRows(layer).excess(in.height(), out.height());
                int columns = window.excess(in.width(), out.width());
                int top = Math.max(0, rows) / 2;
                int left = Math.max(0, columns) / 2;
                return new Edges(top, rows - top, left, columns - left);
            }
            return layer instanceof Layer.Crop c
                    ? new Edges(
                            c.top(),
                            in.height() - out.height() - c.top(),
                            c.left(),
                            in.width() - out.width() - c.left())
                    : ABSENT;
        }
    }

    /** Of layers whose window goes over their input. */
    static Optional<Padding> padding(Layer layer) {
        if (layer instanceof Layer.Conv c) {
            return Optional.of(c.padding());
        }
        return layer instanceof Layer.MaxPool p ? Optional.of(p.padding()) : Optional.empty();
    }

    private static String kind(Layer layer) {
        if (layer instanceof Layer.Dense) {
            return "dense";
        }
        if (layer instanceof Layer.Conv) {
            return "conv";
        }
        if (layer instanceof Layer.Deconv) {
            return "deconv";
        }
        if (layer instanceof Layer.MaxPool) {
            return "max-pool";
        }
        if (layer instanceof Layer.Upsample) {
            return "upsample";
        }
        if (layer instanceof Layer.Crop) {
            return "crop";
        }
        return layer instanceof Layer.Join ? "join" : "reshape";
    }

    static boolean isNormalized(Layer layer) {
        return layer instanceof Layer.Conv c && c.batchNormalization()
                || layer instanceof Layer.Deconv d && d.batchNormalization();
    }
}

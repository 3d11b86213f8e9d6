package org.aevo.record;

import io.jhdf.api.WritableGroup;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.aevo.network.EnumText;
import org.aevo.network.Layer;
import org.aevo.network.Shape;

/** The layers of a network as a table with all numbers that computing them takes. */
final class LayerTable {
    private static final int NONE = -1;

    private LayerTable() {}

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

    static void write(WritableGroup parent, List<Layer> layers) {
        Writer rows = new Writer(
                new Hdf5Table(parent, "layers", "one row per layer, in order: how to compute it", layers.size()),
                layers);
        rows.text("name", "prefix of its arrays in /weights", Layer::name);
        rows.text("kind", "dense, conv, deconv, max-pool, upsample, crop or reshape", LayerTable::kind);
        rows.shape("in", "of the input", Layer::input);
        rows.shape("out", "of the output", Layer::output);
        rows.number("kernel", "columns of the window", layer -> Window.of(layer).kernel());
        rows.number("stride", "step of the window; upsample: its factor", layer -> Window.of(layer)
                .stride());
        rows.number("kernel_rows", "as kernel, or 1 where samples are signals", layer -> Window.ofRows(layer)
                .kernel());
        rows.number("stride_rows", "as stride, or 1 where samples are signals", layer -> Window.ofRows(layer)
                .stride());
        rows.number("top", "rows", layer -> Edges.of(layer).top());
        rows.number("bottom", "rows", layer -> Edges.of(layer).bottom());
        rows.number("left", "columns", layer -> Edges.of(layer).left());
        rows.number("right", "columns", layer -> Edges.of(layer).right());
        rows.text("activation", "after the layer and its normalisation; empty for none", LayerTable::activation);
        rows.number(
                "normalized",
                "1 if batch normalisation comes before the activation",
                layer -> normalized(layer) ? 1 : 0);
        rows.real(
                "epsilon",
                "added to the variance; NaN without",
                layer -> normalized(layer) ? Layer.EPSILON : Double.NaN);
        rows.real("dropout", "in training alone", layer -> layer instanceof Layer.Dense d ? d.dropout() : 0);
    }

    private record Writer(Hdf5Table table, List<Layer> layers) {
        void text(String name, String description, Function<Layer, String> value) {
            table.text(name, description, row -> value.apply(layers.get(row)));
        }

        void number(String name, String description, ToIntFunction<Layer> value) {
            table.i32(name, "", description, row -> value.applyAsInt(layers.get(row)));
        }

        void real(String name, String description, java.util.function.ToDoubleFunction<Layer> value) {
            table.f64(name, "", description, row -> value.applyAsDouble(layers.get(row)));
        }

        void shape(String prefix, String description, Function<Layer, Shape> shape) {
            number(prefix + "_channels", description, layer -> shape.apply(layer)
                    .channels());
            number(prefix + "_height", description, layer -> shape.apply(layer).height());
            number(prefix + "_width", description, layer -> shape.apply(layer).width());
        }
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
        return layer instanceof Layer.Crop ? "crop" : "reshape";
    }

    private static String activation(Layer layer) {
        if (layer instanceof Layer.Dense d) {
            return EnumText.of(d.activation());
        }
        if (layer instanceof Layer.Conv c) {
            return EnumText.of(c.activation());
        }
        return layer instanceof Layer.Deconv c ? EnumText.of(c.activation()) : "";
    }

    private static boolean normalized(Layer layer) {
        return layer instanceof Layer.Conv c && c.batchNormalization()
                || layer instanceof Layer.Deconv d && d.batchNormalization();
    }
}

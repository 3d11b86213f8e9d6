package org.aevo.record;

import java.util.List;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.EnumText;
import org.aevo.network.Layer;
import org.aevo.network.Padding;
import org.aevo.network.Shape;

/** Layers from a table of {@link LayerColumns}, each checked against all that its row says. */
final class LayerRows {
    private final TableColumns table;

    LayerRows(TableColumns table) {
        this.table = table;
    }

    int count() {
        return table.rows();
    }

    boolean has(String column) {
        return table.has(column);
    }

    String text(String column, int row) {
        return table.text(column, row);
    }

    /**
     * The layer of a row.
     *
     * @param samples their shape
     * @param inputs shapes of what it takes
     * @throws IllegalArgumentException if there is no such layer, or what the row says of it is not true
     */
    Layer layer(int row, Shape samples, List<Shape> inputs) {
        String name = text(LayerColumns.NAME, row);
        Layer layer;
        try {
            layer = make(row, name, samples, inputs);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException("layer " + name + ": " + e.getMessage(), e);
        }
        LayerColumns.ALL.forEach(column -> check(layer, column, row));
        if (has(LayerColumns.PADDING)) {
            check(layer, LayerColumns.PADDINGS, row);
        }
        return layer;
    }

    private Layer make(int row, String name, Shape samples, List<Shape> inputs) {
        Shape in = shape(LayerColumns.IN, row);
        Shape out = shape(LayerColumns.OUT, row);
        String kind = text(LayerColumns.KIND, row);
        return switch (kind) {
            case "dense" -> new Layer.Dense(name, in, out.channels(), activation(row), dropout(row));
            case "conv" ->
                new Layer.Conv(
                        name,
                        in,
                        out.channels(),
                        positive(LayerColumns.KERNEL, row),
                        positive(LayerColumns.STRIDE, row),
                        activation(row),
                        table.whole(LayerColumns.NORMALIZED, row) == 1,
                        axes(row, samples),
                        padding(row));
            case "deconv" ->
                new Layer.Deconv(
                        name,
                        in,
                        out.channels(),
                        positive(LayerColumns.KERNEL, row),
                        positive(LayerColumns.STRIDE, row),
                        activation(row),
                        table.whole(LayerColumns.NORMALIZED, row) == 1,
                        axes(row, samples));
            case "max-pool" ->
                new Layer.MaxPool(name, in, positive(LayerColumns.KERNEL, row), axes(row, samples), padding(row));
            case "upsample" -> new Layer.Upsample(name, in, positive(LayerColumns.STRIDE, row), axes(row, samples));
            case "crop" ->
                new Layer.Crop(name, in, out, table.whole(LayerColumns.TOP, row), table.whole(LayerColumns.LEFT, row));
            case "reshape" -> new Layer.Reshape(name, in, out);
            case "join" -> new Layer.Join(name, inputs);
            default -> throw new IllegalArgumentException("its kind is " + kind + ", which is not known");
        };
    }

    private Shape shape(String prefix, int row) {
        return new Shape(
                table.whole(prefix + "_channels", row),
                table.whole(prefix + "_height", row),
                table.whole(prefix + "_width", row));
    }

    private Activation activation(int row) {
        return EnumText.parse(Activation.class, text(LayerColumns.ACTIVATION, row));
    }

    /** Tables without the column have "same" padding alone. */
    private Padding padding(int row) {
        return has(LayerColumns.PADDING)
                ? EnumText.parse(Padding.class, text(LayerColumns.PADDING, row))
                : Padding.SAME;
    }

    private double dropout(int row) {
        double dropout = table.real(LayerColumns.DROPOUT, row);
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout must be from 0 to below 1, was " + dropout);
        }
        return dropout;
    }

    private int positive(String column, int row) {
        int value = table.whole(column, row);
        if (value < 1) {
            throw new IllegalArgumentException(column + " must be at least 1, was " + value);
        }
        return value;
    }

    /** Those of networks for such samples, unless the rows of the window are as along the others. */
    private Axes axes(int row, Shape samples) {
        Axes usual = Axes.of(samples);
        return hasRows(usual, row) ? usual : usual == Axes.BOTH ? Axes.COLUMNS : Axes.BOTH;
    }

    private boolean hasRows(Axes axes, int row) {
        // programs before 0.6.0 knew no signals
        return !has(LayerColumns.KERNEL_ROWS)
                || hasRows(axes, LayerColumns.KERNEL, LayerColumns.KERNEL_ROWS, row)
                        && hasRows(axes, LayerColumns.STRIDE, LayerColumns.STRIDE_ROWS, row);
    }

    private boolean hasRows(Axes axes, String columns, String rows, int row) {
        int value = table.whole(columns, row);
        return table.whole(rows, row) == (value < 0 ? value : axes.rows(value));
    }

    private void check(Layer layer, LayerColumns.Column column, int row) {
        Object said;
        Object is;
        if (column instanceof LayerColumns.Text text) {
            said = table.text(text.name(), row);
            is = text.value().apply(layer);
        } else if (column instanceof LayerColumns.Real real) {
            said = table.real(real.name(), row);
            is = real.value().applyAsDouble(layer);
        } else if (column instanceof LayerColumns.Whole whole
                && (has(whole.name()) || !whole.name().endsWith("_rows"))) {
            said = table.whole(whole.name(), row);
            is = whole.value().applyAsInt(layer);
        } else {
            return;
        }
        if (!said.equals(is)) {
            throw new IllegalArgumentException(
                    "layer " + layer.name() + ": " + column.name() + " is " + said + " where it must be " + is);
        }
    }
}

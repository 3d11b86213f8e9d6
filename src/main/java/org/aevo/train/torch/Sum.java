package org.aevo.train.torch;

import static org.bytedeco.pytorch.global.torch.constant_pad_nd;
import static org.bytedeco.pytorch.global.torch.index_select;
import static org.bytedeco.pytorch.global.torch.upsample_nearest2d;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.aevo.network.Layer;
import org.aevo.network.Shape;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A {@link Layer.Join}: the primary input, and the others as they fit it. Sides of 1 are stretched by the addition. */
final class Sum implements LayerGraph.Operation {
    private static final int ROWS = 2;
    private static final int COLUMNS = 3;

    private final int[] inputs;
    private final List<UnaryOperator<Tensor>> fits = new ArrayList<>();
    private final Device device;
    private final Owned owned;

    /**
     * @param inputs places of what is added
     * @param image whether the primary one, and so the sum, goes as [batch, channels, rows, columns]
     * @param device of indices
     */
    Sum(Layer.Join join, int[] inputs, boolean image, Device device, Owned owned) {
        this.inputs = inputs;
        this.device = device;
        this.owned = owned;
        for (Shape shape : join.inputs().subList(1, inputs.length)) {
            fits.add(join.output().isImage() ? image(shape, join.output()) : vector(shape, join.output(), image));
        }
    }

    @Override
    public Tensor apply(Tensor[] values, boolean training) {
        Tensor primary = values[inputs[0]];
        Tensor sum = primary.add(fits.get(0).apply(values[inputs[1]]));
        for (int i = 2; i < inputs.length; i++) {
            sum.add_(fits.get(i - 1).apply(values[inputs[i]]));
        }
        return sum;
    }

    /** As many values as the sum has, in the order channel, row, column. */
    private static UnaryOperator<Tensor> vector(Shape from, Shape to, boolean image) {
        long area = (long) from.height() * from.width();
        long wanted = Math.min(from.size(), to.channels());
        // only of these channels something is left
        long channels = (wanted - 1) / area + 1;
        long missing = to.channels() - wanted;
        return x -> {
            Tensor values =
                    x.dim() == 2 ? x : x.narrow(1, 0, channels).contiguous().view(-1, channels * area);
            Tensor cut = values.narrow(1, 0, wanted);
            Tensor whole = missing > 0 ? constant_pad_nd(cut, 0, missing) : cut;
            return image ? whole.unsqueeze(2).unsqueeze(3) : whole;
        };
    }

    private UnaryOperator<Tensor> image(Shape from, Shape to) {
        int channels = Math.min(from.channels(), to.channels());
        long missing = to.channels() - channels;
        UnaryOperator<Tensor> sides = sides(from, to);
        return x -> {
            Tensor image = x.dim() == 2 ? x.view(-1, from.channels(), 1, 1) : x;
            Tensor sized = sides.apply(image.narrow(1, 0, channels));
            return missing > 0 ? constant_pad_nd(sized, 0, 0, 0, 0, 0, missing) : sized;
        };
    }

    private UnaryOperator<Tensor> sides(Shape from, Shape to) {
        int rows = from.height() == 1 ? 1 : to.height();
        int columns = from.width() == 1 ? 1 : to.width();
        if (rows == from.height() && columns == from.width()) {
            return x -> x;
        }
        if (asUpsampling(from.height(), rows) && asUpsampling(from.width(), columns)) {
            long[] size = {rows, columns};
            return x -> upsample_nearest2d(x, size);
        }
        UnaryOperator<Tensor> ofRows = picked(ROWS, from.height(), rows);
        UnaryOperator<Tensor> ofColumns = picked(COLUMNS, from.width(), columns);
        return x -> ofColumns.apply(ofRows.apply(x));
    }

    /**
     * Whether the library's upsampling, which multiplies by a rounded quotient, takes each of {@code to} places from the one
     * of {@code from} that it should come from.
     */
    static boolean asUpsampling(int from, int to) {
        float scale = (float) from / to;
        for (int i = 0; i < to; i++) {
            if ((int) (i * scale) != source(i, from, to)) {
                return false;
            }
        }
        return true;
    }

    private static int source(int place, int from, int to) {
        return (int) ((long) place * from / to);
    }

    private UnaryOperator<Tensor> picked(int dimension, int from, int to) {
        if (from == to) {
            return x -> x;
        }
        int[] sources = new int[to];
        for (int i = 0; i < to; i++) {
            sources[i] = source(i, from, to);
        }
        Tensor indices = owned.own(torch.tensor(sources).to(device, ScalarType.Int));
        return x -> index_select(x, dimension, indices);
    }
}

package org.aevo.train.dl4j;

import org.aevo.network.Layer;
import org.aevo.network.Shape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One of the inputs that a {@link Layer.Join} adds to the first, fitted to the first one's shape. Sides that differ are
 * fitted value by value on the host: the library's operations for it take many times as long.
 */
final class Fit {
    private final Shape from;
    private final Shape to;
    /** Those that both have; the input's others are cut off, the sum's others get nothing. */
    private final int channels;

    private final int[] rows;
    private final int[] columns;

    /**
     * @param input shape of a sample
     * @param primary that of the first input
     */
    Fit(Shape input, Shape primary) {
        from = primary.isImage() ? input : Shape.vector(Math.toIntExact(input.size()));
        to = primary;
        channels = Math.min(from.channels(), to.channels());
        rows = nearest(from.height(), to.height());
        columns = nearest(from.width(), to.width());
    }

    /** Adds it. Both are batches, in whatever form. */
    void add(INDArray input, INDArray sum) {
        INDArray part = common(sum, to);
        if (sameSides()) {
            part.addi(common(input, from));
            return;
        }
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
                INDArray fitted = detached(fitted(NamedArrays.read(common(input, from))))) {
            part.addi(fitted.reshape('c', part.shape()));
        }
    }

    /**
     * The gradient of the input.
     *
     * @param gradient that of the sum
     * @param result of the input's shape, all 0
     */
    void back(INDArray gradient, INDArray result) {
        INDArray part = common(result, from);
        if (sameSides()) {
            part.assign(common(gradient, to));
            return;
        }
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
                INDArray collected = detached(collected(NamedArrays.read(common(gradient, to))))) {
            part.assign(collected.reshape('c', part.shape()));
        }
    }

    private boolean sameSides() {
        return from.height() == to.height() && from.width() == to.width();
    }

    /** [batch, channels, values] of the channels that both have, a view. */
    private INDArray common(INDArray batch, Shape shape) {
        long area = (long) shape.height() * shape.width();
        INDArray all = batch.reshape('c', batch.length() / shape.size(), shape.channels(), area);
        return channels == shape.channels()
                ? all
                : all.get(NDArrayIndex.all(), NDArrayIndex.interval(0, channels), NDArrayIndex.all());
    }

    private float[] fitted(float[] values) {
        int images = values.length / (from.height() * from.width());
        float[] result = array((long) images * to.height() * to.width());
        int at = 0;
        for (int image = 0; image < images; image++) {
            for (int row : rows) {
                int start = (image * from.height() + row) * from.width();
                for (int column : columns) {
                    result[at++] = values[start + column];
                }
            }
        }
        return result;
    }

    private float[] collected(float[] gradients) {
        int images = gradients.length / (to.height() * to.width());
        float[] result = array((long) images * from.height() * from.width());
        int at = 0;
        for (int image = 0; image < images; image++) {
            for (int row : rows) {
                int start = (image * from.height() + row) * from.width();
                for (int column : columns) {
                    result[start + column] += gradients[at++];
                }
            }
        }
        return result;
    }

    private static float[] array(long length) {
        if (length > Integer.MAX_VALUE) {
            throw new OutOfMemoryError("what a sum adds has " + length + " values in a batch, more than an array can");
        }
        return new float[(int) length];
    }

    private static INDArray detached(float[] values) {
        INDArray array = Nd4j.createUninitialized(DataType.FLOAT, values.length);
        NamedArrays.write(values, array);
        return array;
    }

    /** For each place of a side the one that it is filled from. */
    private static int[] nearest(int there, int wanted) {
        int[] places = new int[wanted];
        for (int i = 0; i < wanted; i++) {
            places[i] = Math.toIntExact((long) i * there / wanted);
        }
        return places;
    }
}

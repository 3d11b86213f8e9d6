package org.aevo.network;

import java.util.List;

/**
 * One layer of a whole network, with its shapes: what an engine builds. "Same" padding with stride s and kernel k pads
 * {@code max(0, (ceil(n/s) - 1) s + k - n)} in all per direction, the smaller half first.
 */
public sealed interface Layer {
    /** Added to the variance in batch normalisation. */
    double EPSILON = 1e-5;

    /** Unique in its blueprint, in letters, digits and underscores: {@code e0_conv}, {@code latent}, {@code d2_dense}. */
    String name();

    Shape input();

    Shape output();

    /** Trainable numbers in this layer. */
    default long parameters() {
        return 0;
    }

    /**
     * Numbers per sample that training has in memory for this layer, at the most that engines were seen to need: outputs
     * before and after the activation, gradients, normalised values, masks.
     */
    default long trainingValues() {
        return output().size();
    }

    /** The same for a pass forward. */
    default long forwardValues() {
        return output().size();
    }

    /** Floating-point operations of one sample's pass forward, about: a multiplication and an addition are two. */
    default double forwardOperations() {
        return output().size();
    }

    /** One that ends with an activation, after all else that it does. */
    sealed interface Activated extends Layer {
        Activation activation();

        /** The same layer with another activation. */
        Activated with(Activation changed);
    }

    /** One whose output values each see a window of the input, or the other way round. */
    sealed interface Windowed extends Layer {
        /** Side of the window: its columns. */
        int kernel();

        /** Columns from one window to the next. */
        int stride();

        Axes axes();

        default int kernelRows() {
            return axes().rows(kernel());
        }

        default int strideRows() {
            return axes().rows(stride());
        }
    }

    /**
     * Convolution, optional batch normalisation, then the activation. Always has a bias.
     *
     * <p>Normalisation: {@link #EPSILON}; in training with the mean and the biased variance (the mean of squared
     * deviations) of the batch, all rows and columns of it. The running mean and variance, used everywhere else, start
     * at 0 and 1 and become 0.9 of themselves plus 0.1 of those of the batch.
     */
    record Conv(
            String name,
            Shape input,
            int filters,
            int kernel,
            int stride,
            Activation activation,
            boolean batchNormalization,
            Axes axes,
            Padding padding)
            implements Activated, Windowed {
        public Conv {
            Require.given("padding", padding);
        }

        /** One with "same" padding. */
        public Conv(
                String name,
                Shape input,
                int filters,
                int kernel,
                int stride,
                Activation activation,
                boolean batchNormalization,
                Axes axes) {
            this(name, input, filters, kernel, stride, activation, batchNormalization, axes, Padding.SAME);
        }

        /** One of images, with "same" padding. */
        public Conv(
                String name,
                Shape input,
                int filters,
                int kernel,
                int stride,
                Activation activation,
                boolean batchNormalization) {
            this(name, input, filters, kernel, stride, activation, batchNormalization, Axes.BOTH);
        }

        @Override
        public Activated with(Activation changed) {
            return new Conv(name, input, filters, kernel, stride, changed, batchNormalization, axes, padding);
        }

        @Override
        public Shape output() {
            return input.reduced(filters, kernel, stride, axes, padding);
        }

        @Override
        public long parameters() {
            return weights(this, filters, batchNormalization);
        }

        @Override
        public double forwardOperations() {
            return windows(this, output(), filters, batchNormalization);
        }

        @Override
        public long trainingValues() {
            return Saturated.times(batchNormalization ? 6 : 3, output().size());
        }

        @Override
        public long forwardValues() {
            return Saturated.times(batchNormalization ? 3 : 2, output().size());
        }
    }

    /**
     * Transposed convolution with "same" padding, then normalisation and activation as of {@link Conv}: the output side is
     * the input side times the stride. Input value i lays its kernel over the output from i s - max(0, k - s) / 2 on,
     * rounded down; what reaches beyond the output is cut off.
     */
    record Deconv(
            String name,
            Shape input,
            int filters,
            int kernel,
            int stride,
            Activation activation,
            boolean batchNormalization,
            Axes axes)
            implements Activated, Windowed {
        /** One of images. */
        public Deconv(
                String name,
                Shape input,
                int filters,
                int kernel,
                int stride,
                Activation activation,
                boolean batchNormalization) {
            this(name, input, filters, kernel, stride, activation, batchNormalization, Axes.BOTH);
        }

        @Override
        public Activated with(Activation changed) {
            return new Deconv(name, input, filters, kernel, stride, changed, batchNormalization, axes);
        }

        @Override
        public Shape output() {
            return input.enlarged(filters, stride, axes);
        }

        @Override
        public long parameters() {
            return weights(this, filters, batchNormalization);
        }

        @Override
        public double forwardOperations() {
            return windows(this, input, filters, batchNormalization);
        }

        @Override
        public long trainingValues() {
            return Saturated.plus(
                    Saturated.times(batchNormalization ? 7 : 4, output().size()), Saturated.times(2, input.size()));
        }

        @Override
        public long forwardValues() {
            return Saturated.times(batchNormalization ? 3 : 2, output().size());
        }
    }

    /** Max pooling with kernel and stride {@code size}; padding never wins. */
    record MaxPool(String name, Shape input, int size, Axes axes, Padding padding) implements Windowed {
        public MaxPool {
            Require.given("padding", padding);
        }

        /** One with "same" padding. */
        public MaxPool(String name, Shape input, int size, Axes axes) {
            this(name, input, size, axes, Padding.SAME);
        }

        /** One of images, with "same" padding. */
        public MaxPool(String name, Shape input, int size) {
            this(name, input, size, Axes.BOTH);
        }

        @Override
        public int kernel() {
            return size;
        }

        @Override
        public int stride() {
            return size;
        }

        @Override
        public Shape output() {
            return input.reduced(input.channels(), size, size, axes, padding);
        }

        @Override
        public double forwardOperations() {
            return (double) output().size() * kernelRows() * kernel();
        }

        @Override
        public long trainingValues() {
            return Saturated.times(2, input.size());
        }
    }

    /** Nearest-neighbour upsampling: every value becomes {@code factor} columns of {@code factorRows} rows. */
    record Upsample(String name, Shape input, int factor, Axes axes) implements Layer {
        /** One of images. */
        public Upsample(String name, Shape input, int factor) {
            this(name, input, factor, Axes.BOTH);
        }

        public int factorRows() {
            return axes.rows(factor);
        }

        @Override
        public Shape output() {
            return input.enlarged(input.channels(), factor, axes);
        }
    }

    /** Keeps a window of the image: rows from {@code top}, columns from {@code left}, in the size of the output. */
    record Crop(String name, Shape input, Shape output, int top, int left) implements Layer {
        public Crop {
            if (output.channels() != input.channels()
                    || top < 0
                    || left < 0
                    || top + output.height() > input.height()
                    || left + output.width() > input.width()) {
                throw new IllegalArgumentException(
                        "cannot crop " + input + " to " + output + " at " + top + "," + left);
            }
        }
    }

    /**
     * Fully connected layer; flattens an image in the order channel, row, column. Always has a bias.
     *
     * @param dropout probability that an output, after the activation, is set to 0 in training; the others are
     *     divided by 1 - dropout
     */
    record Dense(String name, Shape input, int units, Activation activation, double dropout) implements Activated {
        @Override
        public Activated with(Activation changed) {
            return new Dense(name, input, units, changed, dropout);
        }

        @Override
        public Shape output() {
            return Shape.vector(units);
        }

        @Override
        public long parameters() {
            return Saturated.plus(Saturated.times(input.size(), units), units);
        }

        @Override
        public double forwardOperations() {
            return (2.0 * input.size() + 2) * units;
        }

        @Override
        public long trainingValues() {
            return 3L * units;
        }
    }

    /** A vector as an image, in the order channel, row, column. */
    record Reshape(String name, Shape input, Shape output) implements Layer {
        public Reshape {
            if (input.size() != output.size()) {
                throw new IllegalArgumentException("cannot reshape " + input + " to " + output);
            }
        }
    }

    /**
     * The sum of several inputs, each fitted to the shape of the first, the primary one, by zeroth-order interpolation, as
     * Real et al., "Large-Scale Evolution of Image Classifiers" (2017), fit skip connections. Sides: row i of h rows is row
     * {@code i * g / h} of the g rows that there are, rounded down, and columns alike. Channels: those too many are cut off,
     * those missing are 0. Where the primary input is a vector, an image is one, too, in the order channel, row, column.
     *
     * @param inputs their shapes, at least two, the primary one first
     */
    record Join(String name, List<Shape> inputs) implements Layer {
        public Join {
            inputs = List.copyOf(inputs);
            Require.atLeast(2, "inputs of a join", inputs.size());
        }

        /** The primary one's shape. */
        @Override
        public Shape input() {
            return inputs.get(0);
        }

        @Override
        public Shape output() {
            return inputs.get(0);
        }

        @Override
        public double forwardOperations() {
            return (double) (inputs.size() - 1) * output().size();
        }

        @Override
        public long trainingValues() {
            return Saturated.times(1 + 2L * (inputs.size() - 1), output().size());
        }

        @Override
        public long forwardValues() {
            return Saturated.times(inputs.size(), output().size());
        }
    }

    /** @param places image whose every row and column has one window */
    private static double windows(Windowed layer, Shape places, int filters, boolean batchNormalization) {
        double area = (double) layer.kernelRows() * layer.kernel();
        double number = (double) places.height() * places.width();
        return number * 2 * area * layer.input().channels() * filters
                + (batchNormalization ? 4.0 : 2.0) * layer.output().size();
    }

    private static long weights(Windowed layer, int filters, boolean batchNormalization) {
        long area = (long) layer.kernelRows() * layer.kernel();
        long perFilter = Saturated.plus(Saturated.times(area, layer.input().channels()), batchNormalization ? 3 : 1);
        return Saturated.times(perFilter, filters);
    }
}

package org.aevo.network;

/**
 * The shape of one sample between two layers: {@code [channels, height, width]}; a vector of n features is
 * {@code [n, 1, 1]}, a signal of n values in each channel {@code [channels, 1, n]}.
 */
public record Shape(int channels, int height, int width) {
    public Shape {
        Require.positive("channels", channels);
        Require.positive("height", height);
        Require.positive("width", width);
    }

    public static Shape vector(int features) {
        return new Shape(features, 1, 1);
    }

    /** Number of values; no more than a long holds. */
    public long size() {
        return Saturated.times((long) height * width, channels);
    }

    /** Whether there is a neighbourhood for a convolution to see. */
    public boolean isImage() {
        return height > 1 || width > 1;
    }

    /**
     * Whether samples of this shape are signals, of values along one axis; an image of one row is nothing else. What an
     * image has become on its way through a network may look the same: there {@link Axes} tell.
     */
    public boolean isSignal() {
        return height == 1 && width > 1;
    }

    /** The side of samples of this shape that bounds what windows find: an image's shorter one, a signal's length. */
    public int side() {
        return Axes.of(this).side(this);
    }

    /** What a "same" padded layer makes of this one in steps: each side that it goes along is divided and rounded up. */
    public Shape reduced(int outputChannels, int step, Axes axes) {
        return new Shape(outputChannels, (height - 1) / axes.rows(step) + 1, (width - 1) / step + 1);
    }

    /**
     * What a layer makes of this one whose windows go along it in steps.
     *
     * @throws IllegalArgumentException if a window that must lie within is larger
     */
    public Shape reduced(int outputChannels, int kernel, int step, Axes axes, Padding padding) {
        if (padding == Padding.SAME) {
            return reduced(outputChannels, step, axes);
        }
        int rows = axes.rows(kernel);
        if (rows > height || kernel > width) {
            throw new IllegalArgumentException("a window of " + rows + "x" + kernel + " does not lie within " + height
                    + "x" + width + ": use padding same, or a smaller one");
        }
        return new Shape(outputChannels, (height - rows) / axes.rows(step) + 1, (width - kernel) / step + 1);
    }

    /**
     * What layers that go backwards in steps make of this one.
     *
     * @throws IllegalArgumentException if it had more rows or columns than there are ints
     */
    public Shape enlarged(int outputChannels, int step, Axes axes) {
        long rows = (long) height * axes.rows(step);
        long columns = (long) width * step;
        if (Math.max(rows, columns) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(this + " enlarged by " + step + " is too large");
        }
        return new Shape(outputChannels, (int) rows, (int) columns);
    }

    @Override
    public String toString() {
        return isImage() ? channels + "x" + height + "x" + width : Integer.toString(channels);
    }
}

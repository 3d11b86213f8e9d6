package org.aevo.genome;

/**
 * The shape of one sample between two layers: {@code [channels, height, width]}; a vector of n features is
 * {@code [n, 1, 1]}.
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

    /** Number of values. */
    public long size() {
        return (long) channels * height * width;
    }

    /** Whether there is a neighbourhood for a convolution to see. */
    public boolean isImage() {
        return height > 1 || width > 1;
    }

    /** The image that a "same" padded layer makes of this one in steps: each side is divided and rounded up. */
    Shape reduced(int outputChannels, int step) {
        return new Shape(outputChannels, (height - 1) / step + 1, (width - 1) / step + 1);
    }

    @Override
    public String toString() {
        return isImage() ? channels + "x" + height + "x" + width : Integer.toString(channels);
    }
}

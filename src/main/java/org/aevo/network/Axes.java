package org.aevo.network;

/** Along which sides of a sample the windows of convolutions, poolings and upsamplings reach. */
public enum Axes {
    /** Rows and columns, as in images: a window of side k is k by k, a step s goes by s rows and s columns. */
    BOTH,
    /** Columns alone, as in signals: a window of side k is 1 by k, a step s goes by s columns. */
    COLUMNS;

    /** Those of networks for samples of a shape. */
    public static Axes of(Shape samples) {
        return samples.isSignal() ? COLUMNS : BOTH;
    }

    /** Rows of a window of this side, or of a step of this size; its columns are the number itself. */
    public int rows(int side) {
        return this == COLUMNS ? 1 : side;
    }

    /** The shortest side that windows go along. */
    public int side(Shape shape) {
        return this == COLUMNS ? shape.width() : Math.min(shape.height(), shape.width());
    }
}

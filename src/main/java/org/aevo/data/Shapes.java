package org.aevo.data;

/** Sides of arrays of samples as channels, height and width of one sample. */
final class Shapes {

    private Shapes() {}

    /** [n, height, width]. */
    static int[] ofImages(int[] sides) {
        return new int[] {1, sides[1], sides[2]};
    }

    static String text(int[] shape) {
        return shape[0] + "x" + shape[1] + "x" + shape[2];
    }
}

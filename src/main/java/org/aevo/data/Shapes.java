package org.aevo.data;

/** Sides of arrays of samples as channels, height and width of one sample. */
final class Shapes {

    private Shapes() {}

    /** [n, features], [n, height, width] or [n, channels, height, width]. */
    static int[] ofSample(int[] sides) {
        return switch (sides.length) {
            case 2 -> new int[] {sides[1], 1, 1};
            case 3 -> new int[] {1, sides[1], sides[2]};
            case 4 -> new int[] {sides[1], sides[2], sides[3]};
            default -> throw new IllegalArgumentException("samples have 2 to 4 sides, not " + sides.length);
        };
    }

    static String text(int[] shape) {
        return shape[0] + "x" + shape[1] + "x" + shape[2];
    }
}

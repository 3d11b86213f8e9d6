package org.aevo.search;

import java.util.List;

/**
 * The trained numbers of a network as named arrays, in the order of its layers.
 *
 * @param arrays names are {@code <layer>_<name>}: {@code e0_conv_W}
 */
public record Weights(List<Array> arrays) {
    public Weights {
        arrays = List.copyOf(arrays);
    }

    /**
     * One array in C order.
     *
     * @param values not copied: treat as immutable
     */
    public record Array(String name, int[] shape, float[] values) {
        public Array {
            long size = 1;
            for (int side : shape) {
                size *= side;
            }
            if (size != values.length) {
                throw new IllegalArgumentException(name + ": " + values.length + " values do not fill the shape "
                        + java.util.Arrays.toString(shape));
            }
        }
    }

    /** Number of values in all arrays. */
    public long size() {
        return arrays.stream().mapToLong(a -> a.values().length).sum();
    }
}

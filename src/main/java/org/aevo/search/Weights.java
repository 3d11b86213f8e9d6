package org.aevo.search;

import java.util.Arrays;
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
            if (size(shape) != values.length) {
                throw new IllegalArgumentException(
                        name + ": " + values.length + " values do not fill the shape " + Arrays.toString(shape));
            }
        }

        /** The product of the sides; -1 if no array can have them. */
        private static long size(int[] shape) {
            long size = 1;
            for (int side : shape) {
                size *= side;
                if (side < 0 || size > Integer.MAX_VALUE) {
                    return -1;
                }
            }
            return size;
        }
    }

    /** Number of values in all arrays. */
    public long size() {
        return arrays.stream().mapToLong(a -> a.values().length).sum();
    }
}

package org.aevo.data;

import java.util.List;

/** Whole numbers from 0, one per sample, made of an array of any type. */
final class Labels {

    private Labels() {}

    /**
     * @param array of n values: [n], [n, 1] or [1, n]
     * @param count n
     * @param samples that they belong to
     * @throws DataException if it has another shape or other values
     */
    static int[] of(NumericArray array, int count, NumericArray samples) {
        List<Long> sides = array.sides();
        long values = sides.isEmpty() ? 0 : sides.stream().reduce(1L, (a, b) -> a > Integer.MAX_VALUE ? a : a * b);
        if (values != count || !sides.contains((long) count) || sides.size() > 2) {
            String text = array.where() + " has the shape " + sides + ", expected [" + count
                    + "], one label per sample of " + samples.name();
            boolean transposed = sides.stream().anyMatch(side -> samples.sides().lastIndexOf(side) > 0);
            throw new DataException(transposed ? text + ", whose shape is " + samples.sides() : text);
        }
        int[] labels = new int[count];
        int[] at = {0};
        array.read(row -> true, (row, some) -> {
            for (double label : some) {
                if (!(label >= 0 && label <= Integer.MAX_VALUE) || label != Math.rint(label)) {
                    throw new DataException(array.where() + ": label " + at[0] + " is " + label
                            + ", expected a whole number from 0 to " + Integer.MAX_VALUE);
                }
                labels[at[0]++] = (int) label;
            }
        });
        return labels;
    }
}

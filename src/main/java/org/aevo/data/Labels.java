package org.aevo.data;

import java.util.List;

/** Whole numbers from 0, one per sample, made of an array of any type: of the numbers themselves, or of one-hot rows. */
final class Labels {
    /** Classes that can be told apart: a network has an output for each. */
    static final int MOST_CLASSES = 1 << 16;

    private Labels() {}

    /**
     * @param array of n values: [n], [n, 1] or [1, n]; or one-hot, [n, classes]: one 1 in each row, else 0
     * @param count n
     * @param samples that they belong to
     * @throws DataException if it has another shape or other values
     */
    static int[] of(NumericArray array, int count, NumericArray samples) {
        return isOneHot(array, count) ? places(array, count) : numbers(array, count, samples);
    }

    /** Whether each sample has a row of several values. */
    static boolean isOneHot(NumericArray array, int count) {
        List<Long> sides = array.sides();
        return sides.size() == 2 && sides.get(0) == count && sides.get(1) > 1;
    }

    private static int[] places(NumericArray array, int count) {
        long classes = array.sides().get(1);
        if (classes > MOST_CLASSES) {
            throw new DataException(array.where() + " has the shape " + array.sides() + ": one-hot rows of " + classes
                    + " values, expected at most " + MOST_CLASSES + " classes; labels may also be whole numbers, ["
                    + count + "]");
        }
        int[] labels = new int[count];
        array.read(row -> true, (row, values) -> labels[row] = place(array, row, values));
        return labels;
    }

    private static int place(NumericArray array, int row, double[] values) {
        int place = -1;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == 0) {
                continue;
            }
            if (values[i] != 1) {
                throw notOneHot(array, row, "value " + i + " is " + values[i] + ", expected 0 or 1");
            }
            if (place >= 0) {
                throw notOneHot(array, row, "values " + place + " and " + i + " are 1, expected one");
            }
            place = i;
        }
        if (place < 0) {
            throw notOneHot(array, row, "all values are 0, expected one that is 1");
        }
        return place;
    }

    private static DataException notOneHot(NumericArray array, int row, String why) {
        return new DataException(array.where() + " of shape " + array.sides() + ": row " + row
                + " (counted from 0) is no one-hot label: " + why);
    }

    private static int[] numbers(NumericArray array, int count, NumericArray samples) {
        List<Long> sides = array.sides();
        long values = sides.isEmpty() ? 0 : sides.stream().reduce(1L, (a, b) -> a > Integer.MAX_VALUE ? a : a * b);
        if (values != count || !sides.contains((long) count) || sides.size() > 2) {
            String text = array.where() + " has the shape " + sides + ", expected [" + count
                    + "], one label per sample of " + samples.name() + ", or one-hot [" + count + ", classes]";
            boolean transposed = sides.stream().anyMatch(side -> samples.sides().lastIndexOf(side) > 0);
            boolean turned = sides.size() == 2 && sides.get(1) == count;
            throw new DataException(
                    turned
                            ? text + ": transpose it"
                            : transposed ? text + "; the samples' shape is " + samples.sides() : text);
        }
        int[] labels = new int[count];
        int[] at = {0};
        array.read(row -> true, (row, some) -> {
            for (double label : some) {
                if (!(label >= 0 && label <= Integer.MAX_VALUE) || label != Math.rint(label)) {
                    throw new DataException(array.where() + ": label " + at[0] + " is " + text(label)
                            + ", expected a whole number from 0 to " + Integer.MAX_VALUE);
                }
                labels[at[0]++] = (int) label;
            }
        });
        return labels;
    }

    /** Whole numbers as whole ones, which labels of integers are. */
    private static String text(double label) {
        return label == Math.rint(label) && Math.abs(label) < Long.MAX_VALUE
                ? Long.toString((long) label)
                : Double.toString(label);
    }
}

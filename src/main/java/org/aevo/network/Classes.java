package org.aevo.network;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which label each value stands for that a classifier puts out.
 *
 * @param labels whole numbers from 0, in ascending order, none twice; the class of a label is its place
 */
public record Classes(List<Integer> labels) {

    /**
     * @throws IllegalArgumentException if there are fewer than two, they are out of order, or one is negative
     */
    public Classes {
        labels = List.copyOf(labels);
        Require.atLeast(2, "classes", labels.size());
        if (labels.get(0) < 0) {
            throw new IllegalArgumentException("a label must be at least 0, was " + labels.get(0));
        }
        for (int i = 1; i < labels.size(); i++) {
            if (labels.get(i) <= labels.get(i - 1)) {
                throw new IllegalArgumentException(
                        "labels must ascend, " + labels.get(i) + " follows " + labels.get(i - 1));
            }
        }
    }

    /**
     * The classes of samples.
     *
     * @param labels of several parts
     * @throws IllegalArgumentException if there are not two different ones
     */
    public static Classes of(int[]... labels) {
        return new Classes(Arrays.stream(labels)
                .flatMapToInt(IntStream::of)
                .distinct()
                .sorted()
                .boxed()
                .toList());
    }

    public int count() {
        return labels.size();
    }

    /** The label of a class. */
    public int label(int index) {
        return labels.get(index);
    }

    /**
     * The class of a label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public int indexOf(int label) {
        int index = Collections.binarySearch(labels, label);
        if (index < 0) {
            throw new IllegalArgumentException("no class has the label " + label);
        }
        return index;
    }

    /** The classes of many labels. */
    public int[] indices(int[] of) {
        return Arrays.stream(of).map(this::indexOf).toArray();
    }
}

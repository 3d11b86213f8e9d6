package org.aevo.metric;

import java.util.Arrays;

/** Whether the classes that a classifier told are the right ones. */
final class Labels {
    private Labels() {}

    /** The classes that there are, in ascending order. */
    static int[] classes(int[] labels) {
        return Arrays.stream(labels).sorted().distinct().toArray();
    }

    static double accuracy(int[] told, int[] labels) {
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            right += told[i] == labels[i] ? 1 : 0;
        }
        return (double) right / labels.length;
    }
}

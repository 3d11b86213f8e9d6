package org.aevo.report.run;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Fewer points than there are, evenly chosen: a figure of a long run must stay light. */
final class Thin {
    /** Points of one kind in one figure. */
    static final int POINTS = 2000;

    private Thin() {}

    /** Which of so many to show; the first and the last are among them. */
    static int[] rows(int count, int atMost) {
        if (count <= atMost) {
            return IntStream.range(0, count).toArray();
        }
        return IntStream.range(0, atMost)
                .map(i -> (int) ((long) i * (count - 1) / (atMost - 1)))
                .toArray();
    }

    /** The values of these rows. */
    static double[] of(int[] rows, IntToDoubleFunction value) {
        return IntStream.of(rows).mapToDouble(value).toArray();
    }
}

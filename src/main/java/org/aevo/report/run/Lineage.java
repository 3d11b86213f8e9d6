package org.aevo.report.run;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * From whom a candidate descends: its first parent, the first parent of that, and so on. The first of two parents is the one
 * that was fitter when the child was made.
 */
final class Lineage {
    private Lineage() {}

    /** Rows of a candidate and its line of ancestors, the oldest first; none of a row below 0. */
    static int[] of(Evaluated evaluated, int row) {
        long[] parent = evaluated.table.longs("parent_a");
        // who was born later is nobody's parent: a file that says so does not lead round for ever
        int[] line = IntStream.iterate(row, at -> at >= 0, at -> {
                    int above = Arrays.binarySearch(evaluated.id, parent[at]);
                    return above < at ? above : -1;
                })
                .toArray();
        return IntStream.range(0, line.length)
                .map(i -> line[line.length - 1 - i])
                .toArray();
    }
}

package org.aevo.genome;

import java.util.Comparator;

/**
 * A skip connection: the output of one gene, after activation and all else that it does, is added to what goes into a
 * later one of the same section, fitted to it as {@link org.aevo.network.Layer.Join} says.
 *
 * @param from index of the gene whose output is added
 * @param to index of the gene that gets it, at least two further: the one between has that output already
 */
public record Skip(int from, int to) implements Comparable<Skip> {
    private static final Comparator<Skip> ORDER =
            Comparator.comparingInt(Skip::from).thenComparingInt(Skip::to);

    public Skip {
        if (from < 0 || to < 0 || to - 2 < from) {
            throw new IllegalArgumentException(
                    "a skip leads from a gene to one at least two behind it, not from " + from + " to " + to);
        }
    }

    @Override
    public int compareTo(Skip other) {
        return ORDER.compare(this, other);
    }

    /** As it stands in the text of a genome. */
    @Override
    public String toString() {
        return "skip(" + from + "," + to + ")";
    }
}

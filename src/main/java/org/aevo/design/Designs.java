package org.aevo.design;

import org.aevo.genome.GenomeText;
import org.aevo.network.Design;

/** Designs from their texts of one line. */
public final class Designs {
    private Designs() {}

    /** Whether a text is that of a design, right or wrong, and not the name of a file. */
    public static boolean isText(String text) {
        return NetworkText.isLine(text) || text.contains(" | ");
    }

    /**
     * The design whose {@code toString} this is: a genome, or a network written by hand.
     *
     * @throws IllegalArgumentException if it is neither; the message says what is wrong
     */
    public static Design parse(String text) {
        return NetworkText.isLine(text) ? NetworkReader.line(text) : GenomeText.parse(text);
    }
}

package org.aevo.search;

import org.aevo.genome.Genome;
import org.aevo.network.Design;

/**
 * A genome or another design of a network to be evaluated.
 *
 * @param id 0, 1, 2, ... in the order asked: the birth of the candidate
 * @param generation of a generational search, from 0; for others the number of its ancestors' line, 0 for a random one
 * @param parentA id of the first parent, {@value #NONE} for none
 * @param parentB id of the second parent, {@value #NONE} for none
 * @param operator what made it: {@code random}, or the operators applied, joined by {@code +}
 */
public record Candidate(long id, int generation, long parentA, long parentB, String operator, Design design) {
    /** Stands for a missing id. */
    public static final long NONE = -1;

    /**
     * The genome, of a candidate that a search made.
     *
     * @throws IllegalStateException if it was written by hand
     */
    public Genome genome() {
        if (design instanceof Genome genome) {
            return genome;
        }
        throw new IllegalStateException("candidate " + id + " has no genome: it is a network written by hand");
    }
}

package org.aevo.search;

/** Among whom a search without generations selects parents. */
public enum ParentsKind {
    /** Those that were evaluated, and stay in the population. */
    EVALUATED,
    /**
     * Those that are being evaluated too, by what the model expects of them: what trains slowly is a parent as soon as what trains fast,
     * and not the rarer for it (Scott and De Jong 2015).
     */
    EXPECTED
}

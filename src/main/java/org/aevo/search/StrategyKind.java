package org.aevo.search;

/** What decides on the next candidate. */
public enum StrategyKind {
    /** Evolution, generational or steady-state by {@link Mode}. */
    GENETIC,
    /** {@link RandomSearch}; it waits in neither mode. */
    RANDOM,
    /** {@link ListedDesigns}; it waits in neither mode. */
    LIST
}

package org.aevo.search;

/** What says which of the children that could be made is worth its evaluation. */
public enum GuideKind {
    /** Nothing: the first new child is proposed. */
    NONE,
    /** A model of what was evaluated: see {@link Guide}. */
    SURROGATE
}

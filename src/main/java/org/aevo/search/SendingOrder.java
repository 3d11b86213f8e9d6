package org.aevo.search;

/** Which candidate of a generation goes out first. The order changes no result: a generation is taken in by ids. */
public enum SendingOrder {
    /** The one that was made first. */
    BIRTH,
    /** The one that is expected to take longest, so that the last to come is waited for as short as possible. */
    LONGEST
}

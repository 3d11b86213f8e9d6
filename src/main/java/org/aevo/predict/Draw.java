package org.aevo.predict;

/** Which measured evaluation stands for a candidate of the prediction. */
public enum Draw {
    /** Any, with replacement. */
    ALL,
    /** Any, with replacement, of those at about the same share of the search: what drifts goes on drifting. */
    NEAR,
    /** That of the candidate of the same id; any for candidates that the run did not have. */
    SAME
}

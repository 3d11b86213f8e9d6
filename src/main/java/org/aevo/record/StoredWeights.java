package org.aevo.record;

import org.aevo.search.Weights;

/** What a {@link WeightStore} has of a candidate: its weights, or why there are none, to be recorded. */
public sealed interface StoredWeights {

    /** They are there, as they were put. */
    record Found(Weights weights) implements StoredWeights {}

    /**
     * They cannot be had.
     *
     * @param message in one line, with the file's name
     */
    record NotFound(Why why, String message) implements StoredWeights {}

    /** Why weights cannot be had. */
    enum Why {
        /** There is no file: none was put, or it was removed. */
        MISSING,
        /** There is something that is not what was put, or that cannot be read. */
        DAMAGED,
        /** There are weights, whole, but of another candidate. */
        OF_ANOTHER
    }
}

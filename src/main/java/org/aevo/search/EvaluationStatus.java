package org.aevo.search;

/** How an evaluation ended. The ordinal is the code in files and messages: append only. */
public enum EvaluationStatus {
    /** Trained to its end. */
    OK,
    /** No network can be built from the genome. */
    INVALID,
    /** Loss or weights became infinite or not a number, or the loss exploded. */
    DIVERGED,
    /** Heap, native or device memory did not suffice. */
    OUT_OF_MEMORY,
    /** The time limit ended the training; the fitness is that of the best epoch, if one was finished. */
    TIME_LIMIT,
    /** Any other error; the message says which. */
    FAILED,
    /** Its worker was lost each time it was tried. */
    WORKER_LOST;

    /**
     * The status of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static EvaluationStatus of(int code) {
        if (code < 0 || code >= values().length) {
            throw new IllegalArgumentException("no evaluation status has code " + code);
        }
        return values()[code];
    }
}

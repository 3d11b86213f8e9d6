package org.aevo.master;

/** A journal records a decision that the strategy does not make. */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ReplayException(String message) {
        super(message);
    }
}

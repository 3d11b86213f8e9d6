package org.aevo.ensemble.evaluation;

/** What a task needs cannot be had; the message, one line, says what and why. */
final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    UnavailableException(String message) {
        super(message);
    }
}

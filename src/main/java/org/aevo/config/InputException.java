package org.aevo.config;

/** Something wrong in what the user gave; the message names the place, the value and what was expected. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.aevo.report.scaling;

/** No two of the runs can be compared; the message, one line, says which keys of their inputs differ. */
public final class IncomparableRunsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    IncomparableRunsException(String message) {
        super(message);
    }
}

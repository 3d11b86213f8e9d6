package org.aevo.model;

/** The candidate that a model was to be made of did not train well; the message says how. */
public final class TrainingFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TrainingFailedException(String message) {
        super(message);
    }
}

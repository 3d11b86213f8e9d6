package org.aevo.mpi;

import java.io.IOException;

/** Two processes that do not belong to the same run met. */
public final class WrongSecretException extends IOException {
    private static final long serialVersionUID = 1;

    WrongSecretException(String message) {
        super(message);
    }
}

package org.aevo.data.hdf5;

/** An array that cannot be read. The message names the array and the mend, and no file. */
public sealed class Hdf5Exception extends RuntimeException permits LibraryFailure {
    private static final long serialVersionUID = 1;

    Hdf5Exception(String message) {
        super(message);
    }

    Hdf5Exception(String message, Throwable cause) {
        super(message, cause);
    }
}

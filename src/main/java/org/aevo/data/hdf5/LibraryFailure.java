package org.aevo.data.hdf5;

/** The library failed at something that a good file does not make it fail at; what it has in memory may be in disorder. */
final class LibraryFailure extends Hdf5Exception {
    private static final long serialVersionUID = 1;

    LibraryFailure(String message) {
        super(message);
    }
}

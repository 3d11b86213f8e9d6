package org.aevo.data.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5Idec_ref;

/** An open object of the library. */
final class Handle implements AutoCloseable {
    private final long id;

    /**
     * @param id as a function of the library gave it
     * @throws LibraryFailure if it is negative: with the library's reason
     */
    Handle(long id, String what) {
        if (id < 0) {
            throw new LibraryFailure(what + ": " + Library.reason());
        }
        this.id = id;
    }

    long id() {
        return id;
    }

    @Override
    public void close() {
        H5Idec_ref(id);
    }
}

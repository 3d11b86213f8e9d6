package org.aevo.mpi;

import org.aevo.codec.MalformedDataException;

/** The other side is an aevo of another version. */
public final class OtherVersionException extends MalformedDataException {
    private static final long serialVersionUID = 1;

    OtherVersionException(String message) {
        super(message);
    }
}

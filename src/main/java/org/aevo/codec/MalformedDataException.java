package org.aevo.codec;

import java.io.IOException;

/** Bytes that do not say what they should: foreign, damaged, or of another version. */
public class MalformedDataException extends IOException {
    private static final long serialVersionUID = 1;

    public MalformedDataException(String message) {
        super(message);
    }

    public MalformedDataException(String message, Throwable cause) {
        super(message, cause);
    }
}

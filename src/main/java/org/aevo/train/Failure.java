package org.aevo.train;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What went wrong with a candidate, as members of a team tell each other.
 *
 * @param message in one line
 */
record Failure(Kind kind, String message) {

    /** What it says of the candidate. The ordinal is the code. */
    enum Kind {
        /** Memory did not suffice. */
        MEMORY,
        /** No network can be built. */
        INVALID,
        /** Anything else. */
        OTHER
    }

    /** One of which the message says the kind already. */
    private static final class Other extends RuntimeException {
        private static final long serialVersionUID = 1;

        Other(String message) {
            super(message);
        }
    }

    static Failure of(Throwable e) {
        if (e instanceof OutOfMemoryError) {
            return new Failure(Kind.MEMORY, line(e));
        }
        return new Failure(e instanceof IllegalArgumentException ? Kind.INVALID : Kind.OTHER, line(e));
    }

    /** The first line of what is said, with the name of what is not known to happen. */
    static String line(Throwable e) {
        String message = e.getMessage();
        if (message == null || message.isBlank()) {
            return e.getClass().getSimpleName();
        }
        String line = message.strip().lines().findFirst().orElse("");
        return e instanceof IllegalArgumentException || e instanceof OutOfMemoryError || e instanceof Other
                ? line
                : e.getClass().getSimpleName() + ": " + line;
    }

    /** The same, of one of several members. */
    Failure at(int rank, int size) {
        return new Failure(kind, "rank " + rank + " of " + size + ": " + message);
    }

    /** What is thrown where it happened elsewhere; {@link #of} it is this again. */
    Throwable thrown() {
        return switch (kind) {
            case MEMORY -> new OutOfMemoryError(message);
            case INVALID -> new IllegalArgumentException(message);
            case OTHER -> new Other(message);
        };
    }

    byte[] encoded() {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[text.length + 1];
        bytes[0] = (byte) kind.ordinal();
        System.arraycopy(text, 0, bytes, 1, text.length);
        return bytes;
    }

    /** @param bytes that {@link #encoded} gave */
    static Failure decoded(byte[] bytes) {
        String message = new String(Arrays.copyOfRange(bytes, 1, bytes.length), StandardCharsets.UTF_8);
        return new Failure(Kind.values()[bytes[0]], message);
    }
}

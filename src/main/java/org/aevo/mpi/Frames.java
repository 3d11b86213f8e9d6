package org.aevo.mpi;

/** First byte of what goes over MPJ in one piece, and under one seal ({@link FrameMac}). */
final class Frames {
    /** Length of a message (32 bits) and its first bytes. */
    static final byte FIRST = 1;
    /** Further bytes of the message. */
    static final byte MORE = 2;
    /** So many bytes of frames (32 bits), and so many frames (32 bits), have been taken in. */
    static final byte CONFIRM = 3;
    /** The sender closes the link. */
    static final byte GOODBYE = 4;
    /** The first frame in both directions. */
    static final byte HELLO = 5;

    /** Whole messages, each after its length (32 bits). */
    static final byte SEVERAL = 6;

    private Frames() {}
}

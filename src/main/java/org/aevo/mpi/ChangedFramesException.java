package org.aevo.mpi;

import java.io.IOException;

/** What came over a link is not what the other side sent, or not all of it, or not in that order. */
final class ChangedFramesException extends IOException {
    private static final long serialVersionUID = 1;

    ChangedFramesException() {
        super("frames were changed on their way");
    }
}

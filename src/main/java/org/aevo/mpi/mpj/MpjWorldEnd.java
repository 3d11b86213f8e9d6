package org.aevo.mpi.mpj;

import mpjdev.CompletionHandler;
import mpjdev.Status;

/**
 * Leads a thread out of MPJ whose world has ended while it waited: no exception, since MPJ prints those on its way and
 * gives others in their place.
 */
final class MpjWorldEnd extends Error implements CompletionHandler {
    private static final long serialVersionUID = 1;

    MpjWorldEnd() {
        super("the world has ended", null, false, false);
    }

    /** Called by MPJ, once it has been told that what it waits for is there. */
    @Override
    public void handleCompletion(Status status) {
        throw this;
    }
}

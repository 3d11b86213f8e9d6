package org.aevo.mpi;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Where workers join a run, at any time. */
public final class MasterEndpoint implements AutoCloseable {

    /**
     * Opens the port and begins to accept.
     *
     * @throws IOException if the port cannot be had
     */
    public static MasterEndpoint open(MasterOptions options, RunSecret secret, LinkListener listener)
            throws IOException {
        throw new UnsupportedOperationException("to come");
    }

    /** The bound address and port. */
    public InetSocketAddress address() {
        throw new UnsupportedOperationException("to come");
    }

    /** Sum over all links that ever were. */
    public Link.Traffic traffic() {
        throw new UnsupportedOperationException("to come");
    }

    /** Accepts no more workers, and closes all links, at the same time. */
    @Override
    public void close() {}
}

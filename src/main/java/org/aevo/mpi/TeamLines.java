package org.aevo.mpi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * The two connections between a pair of team mates, as one of them sees them.
 *
 * @param outgoing takes what this side sends
 * @param incoming brings what the other side sends
 */
record TeamLines(SocketChannel outgoing, SocketChannel incoming) implements Closeable {

    @Override
    public void close() throws IOException {
        outgoing.close();
        incoming.close();
    }
}

package org.aevo.mpi;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.EnumMap;
import java.util.Map;

/** A worker that has proved the secret, at the master, until its link stands: its first connection, and two more. */
final class Joining implements Closeable {
    private final SocketChannel first;
    private final String peer;
    private final SessionKeys keys;
    private final Map<Direction, SocketChannel> lines = new EnumMap<>(Direction.class);
    private boolean closed;

    Joining(SocketChannel first, String peer, SessionKeys keys) {
        this.first = first;
        this.peer = peer;
        this.keys = keys;
    }

    /** Its address and port. */
    String peer() {
        return peer;
    }

    SocketChannel first() {
        return first;
    }

    SessionKeys keys() {
        return keys;
    }

    /**
     * Takes one of its connections.
     *
     * @throws IOException if it is not, or another was taken for it
     */
    synchronized void take(Direction direction, byte[] token, SocketChannel line) throws IOException {
        if (closed || !Handshake.same(token, direction.token(keys)) || lines.containsKey(direction)) {
            throw new IOException("it is none of the connections of " + peer);
        }
        lines.put(direction, line);
        notifyAll();
    }

    /**
     * Waits for both.
     *
     * @throws SocketTimeoutException if they are not there in time
     */
    synchronized void await(Deadline deadline) throws IOException, InterruptedException {
        while (lines.size() < Direction.values().length) {
            if (closed) {
                throw new EOFException("the join was ended");
            }
            wait(deadline.milliseconds("connections of " + peer));
        }
    }

    /** What becomes of it is the caller's affair from now on. */
    synchronized SocketChannel handOver(Direction direction) throws IOException {
        SocketChannel line = lines.get(direction);
        if (closed || line == null) {
            throw new EOFException("the join was ended");
        }
        lines.remove(direction);
        return line;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        notifyAll();
        first.close();
        for (SocketChannel line : lines.values()) {
            line.close();
        }
        lines.clear();
    }
}

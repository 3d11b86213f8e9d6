package org.aevo.mpi;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** The first TCP connection of a join: fixed-length reads that end by a deadline, however slowly the other side sends. */
final class JoinConnection implements Closeable {
    private final Socket socket;
    private final Deadline deadline;

    JoinConnection(Socket socket, Deadline deadline) throws IOException {
        this.socket = socket;
        this.deadline = deadline;
        socket.setTcpNoDelay(true);
    }

    Deadline deadline() {
        return deadline;
    }

    /** The other side's address, as this side sees it. */
    String peer() {
        return socket.getInetAddress().getHostAddress() + ":" + socket.getPort();
    }

    void write(ByteBuffer bytes) throws IOException {
        socket.getOutputStream().write(bytes.array(), 0, bytes.position());
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /**
     * @throws EOFException if the other side has closed the connection
     * @throws SocketTimeoutException if the bytes are not there by the deadline
     */
    ByteBuffer read(int length, String what) throws IOException {
        byte[] bytes = new byte[length];
        InputStream in = socket.getInputStream();
        for (int filled = 0; filled < length; ) {
            socket.setSoTimeout(deadline.milliseconds(what));
            int read;
            try {
                read = in.read(bytes, filled, length - filled);
            } catch (SocketTimeoutException e) {
                throw new SocketTimeoutException("no " + what + " in time");
            }
            if (read < 0) {
                throw new EOFException("the connection ended before the " + what);
            }
            filled += read;
        }
        return ByteBuffer.wrap(bytes);
    }

    /**
     * Reads a token.
     *
     * @throws ChangedFramesException if it is another one
     */
    void expect(byte[] token, String what) throws IOException {
        if (!Handshake.same(read(token.length, what).array(), token)) {
            throw new ChangedFramesException();
        }
    }

    /**
     * Looks whether the other side, from which nothing is due, is still there.
     *
     * @throws IOException if it has closed the connection, or said something
     */
    void expectNothing() throws IOException {
        socket.setSoTimeout(1);
        try {
            int read = socket.getInputStream().read();
            throw new EOFException(read < 0 ? "the connection ended" : "a word that was not due");
        } catch (SocketTimeoutException e) {
            // still there, and silent
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

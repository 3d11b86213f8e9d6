package org.aevo.mpi.mpj;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * A world of two ranks, 0 and 1: this process and one peer. One thread may send while another receives.
 *
 * <p>Nothing here calls {@code MPI.Finalize}: it waits for the peer, for ever if the peer is dead. {@link #drop} frees
 * the device instead.
 */
public interface World {
    /** Largest number of bytes of one {@link #send}: with MPJ's headers it fits a pooled buffer of 64 KiB. */
    int MAX_BYTES = 65_280;

    /**
     * {@code MPI.Init} over connections that are there already: blocks until both ranks have done it, or {@link #drop}.
     * From now on the connections are the world's, which closes them.
     *
     * @param rank of this process, 0 or 1
     * @param outgoing takes what this side sends; blocking, the other side's {@code incoming}
     * @param incoming brings what the other side sends; blocking, the other side's {@code outgoing}
     * @throws IOException if there is no world
     */
    void init(int rank, SocketChannel outgoing, SocketChannel incoming) throws IOException;

    /**
     * Sends the first bytes of an array to the peer. Blocks while the peer's socket takes nothing.
     *
     * @throws IOException if the world has ended
     */
    void send(byte[] bytes, int length) throws IOException;

    /**
     * Waits without using the processor for what the peer sends. What arrived before the world ended is still
     * returned after it.
     *
     * @param into at least {@link #MAX_BYTES} long
     * @return number of bytes received
     * @throws IOException if nothing has arrived and the world has ended
     */
    int receive(byte[] into) throws IOException;

    /** Waits until MPJ's device has ended: the peer's socket is closed, or {@link #drop} was called. */
    void awaitEnd() throws InterruptedException;

    /**
     * Ends the world from any thread, at any time, during {@link #init} too: closes sockets and selector, and wakes
     * whoever waits in it. May be called again.
     */
    void drop();
}

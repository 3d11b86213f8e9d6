package org.aevo.mpi.mpj;

import java.io.IOException;
import java.net.InetAddress;

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
     * {@code MPI.Init}: blocks until both ranks are there, or {@link #drop}.
     *
     * @param argv rank, configuration, device
     * @throws IOException if there is no world
     */
    void init(String... argv) throws IOException;

    /**
     * Shuts the doors that MPJ has opened to everybody: of rank 1, which nobody has to reach, for good; of rank 0, until
     * {@link #admit} opens them. To be called when MPJ asks the rendezvous for the other side's ports, not before, and
     * before it is answered.
     */
    void shut() throws IOException;

    /**
     * The local ports of the connections that rank 1 has made to rank 0's doors; waits for them.
     *
     * @throws IOException if they are not there in time
     */
    int[] doorsteps(long milliseconds) throws IOException, InterruptedException;

    /**
     * Lets rank 1 in at rank 0's doors and nobody else: MPJ takes whoever comes first for its peer, and ends with it.
     *
     * @param peer where rank 1 is seen to come from
     * @param doorsteps the ports there that it says it comes from
     * @return strangers that were turned away
     * @throws IOException if it does not come in time
     */
    int admit(InetAddress peer, int[] doorsteps, long milliseconds) throws IOException;

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

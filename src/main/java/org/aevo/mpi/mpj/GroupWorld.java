package org.aevo.mpi.mpj;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * A world of several ranks, which do together what MPJ has collective operations for. Every rank calls the same operations
 * in the same order, one thread of each at a time. The end of one rank ends the world for all: whoever waits in an
 * operation leaves it, and no other one begins.
 *
 * <p>Nothing here calls {@code MPI.Finalize}: it waits for the others, for ever if one is dead. {@link #drop} frees the
 * device instead.
 */
public interface GroupWorld {

    /**
     * {@code MPI.Init} over connections that are there already: blocks until all ranks have done it, or until the world
     * ends. From now on the connections are the world's, which closes them.
     *
     * @param rank of this process
     * @param outgoing one to each other rank, which takes what this side sends; blocking, in any order
     * @param incoming one from each other rank, the other ends of theirs; blocking, in any order
     * @throws IOException if there is no world
     */
    void init(int rank, List<SocketChannel> outgoing, List<SocketChannel> incoming) throws IOException;

    /**
     * {@code MPI.Allreduce}: the sums of what the ranks have, in place of it, the same bits on all.
     *
     * @param values of which the first {@code count} are summed
     * @throws IOException if the world has ended
     */
    void allreduce(float[] values, int count) throws IOException;

    /**
     * {@code MPI.Bcast} of what rank 0 has.
     *
     * @param word of rank 0; of others it is not looked at
     * @throws IOException if the world has ended
     */
    byte[] broadcast(byte[] word) throws IOException;

    /**
     * {@code MPI.Gatherv} of what all have.
     *
     * @return the words by rank, on rank 0; nothing elsewhere
     * @throws IOException if the world has ended
     */
    List<byte[]> gather(byte[] word) throws IOException;

    /**
     * {@code MPI.Barrier}.
     *
     * @throws IOException if the world has ended
     */
    void barrier() throws IOException;

    /**
     * Ends the world from any thread, at any time, during {@link #init} too: closes sockets and selector, and wakes
     * whoever waits in it. May be called again.
     */
    void drop();
}

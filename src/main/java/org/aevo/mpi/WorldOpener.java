package org.aevo.mpi;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.aevo.mpi.mpj.World;
import org.aevo.mpi.mpj.WorldFactory;

/**
 * Makes the MPJ world of two processes that have proved the run's secret to each other, over two connections that have
 * shown whose they are.
 *
 * <p>By itself {@code MPI.Init} opens two ports to everybody (25000-40000), asks a rendezvous server for those of the
 * others, and takes the first who connects there for its peer. Whoever is on the host, or reaches it, could be that
 * first. So MPJ is given the connections that it would have made, and no socket of its own is ever looked at: there is
 * nothing to knock at but the join port. Every step has a time-out, which {@code MPI.Init} has not.
 */
final class WorldOpener {
    private final WorldFactory worlds = new WorldFactory();

    /**
     * The master's end, rank 0. Both connections are closed with the world, and if there is none.
     *
     * @param toWorker takes what the master sends
     * @param fromWorker brings what the worker sends
     */
    SealedWorld ofMaster(
            SocketChannel toWorker, SocketChannel fromWorker, SessionKeys keys, String peer, Deadline deadline)
            throws IOException, InterruptedException {
        return open(0, toWorker, fromWorker, keys.framesOfMaster(), keys.framesOfWorker(), peer, deadline);
    }

    /** The same at the worker's end, rank 1. */
    SealedWorld ofWorker(
            SocketChannel toMaster, SocketChannel fromMaster, SessionKeys keys, String peer, Deadline deadline)
            throws IOException, InterruptedException {
        return open(1, toMaster, fromMaster, keys.framesOfWorker(), keys.framesOfMaster(), peer, deadline);
    }

    private SealedWorld open(
            int rank,
            SocketChannel outgoing,
            SocketChannel incoming,
            FrameMac ours,
            FrameMac theirs,
            String peer,
            Deadline deadline)
            throws IOException, InterruptedException {
        World world = worlds.create();
        SealedWorld sealed = new SealedWorld(world, ours, theirs);
        boolean good = false;
        try {
            WorldInit.run(peer, deadline, () -> {
                world.init(rank, outgoing, incoming);
                greet(sealed);
            });
            good = true;
            return sealed;
        } finally {
            if (!good) {
                world.drop();
                outgoing.close();
                incoming.close();
            }
        }
    }

    /** Both sides' first frame says nothing but that it arrives, under the right seal. */
    private static void greet(SealedWorld world) throws IOException {
        byte[] frame = new byte[World.MAX_BYTES];
        frame[0] = Frames.HELLO;
        world.send(frame, 1);
        if (world.receive(frame) != 1 || frame[0] != Frames.HELLO) {
            throw new ChangedFramesException();
        }
    }
}

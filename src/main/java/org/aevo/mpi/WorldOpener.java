package org.aevo.mpi;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aevo.mpi.mpj.QuietThreads;
import org.aevo.mpi.mpj.World;
import org.aevo.mpi.mpj.WorldFactory;

/**
 * Makes the MPJ world of two processes that have proved the run's secret to each other.
 *
 * <p>{@code MPI.Init} opens two server sockets on ports of its own choice (25000-40000), tells them to a rendezvous
 * server, and asks it for those of the others. Here each side is that server for itself, on the loopback interface,
 * and the ports go through the join connection: no further port is open to strangers, no address has to be guessed
 * (the worker reaches MPJ's ports of the master under the address under which it reached the join port; the master
 * connects nowhere), and every step has a time-out, which {@code MPI.Init} has not.
 */
final class WorldOpener {
    /** Above it MPJ would start a thread per message. No frame comes near it. */
    private static final int PROTOCOL_SWITCH_LIMIT = 131_072;

    private final WorldFactory worlds = new WorldFactory();

    /**
     * @param rank 0 for the master, 1 for the worker
     * @param mine what this side shows on the link
     * @param theirs what the other side must show
     */
    World open(int rank, JoinConnection join, byte[] mine, byte[] theirs) throws IOException, InterruptedException {
        World world = worlds.create();
        try (ServerSocket rendezvous = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> made = initialise(world, rank, rendezvous.getLocalPort(), mine, theirs);
            exchangePorts(rank, rendezvous, join);
            made.get(join.deadline().milliseconds("MPJ world"), TimeUnit.MILLISECONDS);
            return world;
        } catch (TimeoutException e) {
            world.drop();
            throw new IOException(
                    "no MPJ world with " + join.host() + " in time: are ports 25000-40000 reachable between the hosts?",
                    e);
        } catch (ExecutionException e) {
            world.drop();
            throw new IOException(
                    "no MPJ world with " + join.host() + ": " + e.getCause().getMessage(), e);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            world.drop();
            throw e;
        }
    }

    private CompletableFuture<Void> initialise(World world, int rank, int port, byte[] mine, byte[] theirs) {
        String[] argv = {
            Integer.toString(rank),
            "#Number of Processes;2;#Protocol Switch Limit;" + PROTOCOL_SWITCH_LIMIT + ";#Server Name;"
                    + InetAddress.getLoopbackAddress().getHostAddress() + ";#Server Port;" + port,
            "niodev"
        };
        CompletableFuture<Void> made = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> QuietThreads.run(() -> {
                    try {
                        world.init(argv);
                        prove(world, mine, theirs);
                        made.complete(null);
                    } catch (IOException | RuntimeException | Error e) {
                        made.completeExceptionally(e);
                    }
                }),
                "mpi-init-" + port);
        thread.setDaemon(true);
        thread.start();
        return made;
    }

    private static void prove(World world, byte[] mine, byte[] theirs) throws IOException {
        ByteBuffer proof = ByteBuffer.allocate(1 + Handshake.PROOF_BYTES);
        world.send(proof.put(Frames.PROOF).put(mine).array(), proof.capacity());
        byte[] frame = new byte[World.MAX_BYTES];
        int length = world.receive(frame);
        byte[] shown = new byte[proof.capacity()];
        System.arraycopy(frame, 0, shown, 0, Math.min(length, shown.length));
        byte[] expected = proof.clear().put(Frames.PROOF).put(theirs).array();
        if (length != expected.length || !Handshake.same(shown, expected)) {
            throw new WrongSecretException("a stranger on MPJ's ports");
        }
    }

    /** Answers the rendezvous request of this process's MPJ with its own ports and the other side's. */
    private static void exchangePorts(int rank, ServerSocket rendezvous, JoinConnection join) throws IOException {
        rendezvous.setSoTimeout(join.deadline().milliseconds("rendezvous with this process's MPJ"));
        try (Socket mpj = rendezvous.accept()) {
            mpj.setSoTimeout(join.deadline().milliseconds("ports of this process's MPJ"));
            DataInputStream in = new DataInputStream(mpj.getInputStream());
            DataOutputStream out = new DataOutputStream(mpj.getOutputStream());
            String peers = "#None"; // ends MPI.Init with an exception, in place of a hang
            try {
                in.readUTF();
                Ports own = new Ports(in.readInt(), in.readInt());
                in.readInt();
                join.write(
                        ByteBuffer.allocate(2 * Integer.BYTES).putInt(own.write).putInt(own.read));
                ByteBuffer other = join.read(2 * Integer.BYTES, "ports of the other side's MPJ");
                Ports others = new Ports(other.getInt(), other.getInt());
                String local = InetAddress.getLoopbackAddress().getHostAddress();
                peers = rank == 0
                        ? "#Peer Information;" + own.entry(local, 0) + ";" + others.entry(join.host(), 1)
                        : "#Peer Information;" + others.entry(join.host(), 0) + ";" + own.entry(local, 1);
            } finally {
                out.writeUTF(peers);
                out.flush();
            }
        }
    }

    private record Ports(int write, int read) {
        String entry(String host, int rank) {
            return host + "@" + read + "@" + write + "@" + rank + "@0";
        }
    }
}

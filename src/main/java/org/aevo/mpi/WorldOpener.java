package org.aevo.mpi;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aevo.mpi.mpj.QuietThreads;
import org.aevo.mpi.mpj.World;
import org.aevo.mpi.mpj.WorldFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the MPJ world of two processes that have proved the run's secret to each other.
 *
 * <p>{@code MPI.Init} opens two server sockets on ports of its own choice (25000-40000), tells them to a rendezvous
 * server, and asks it for those of the others. Here each side is that server for itself, on the loopback interface,
 * and the ports go through the join connection: no address has to be guessed (the worker reaches MPJ's ports of the
 * master under the address under which it reached the join port; the master connects nowhere), and every step has a
 * time-out, which {@code MPI.Init} has not.
 *
 * <p>MPJ would take the first who connects to its ports for its peer, so that a port scan ends every join. Therefore the
 * worker's are closed, and at the master's those connections alone are let in that the worker says, over the join
 * connection, to have made.
 */
final class WorldOpener {
    /** Above it MPJ would start a thread per message. No frame comes near it. */
    private static final int PROTOCOL_SWITCH_LIMIT = 131_072;

    private static final int BACKLOG = 16;
    /** For MPJ, which is of this process, to say its first words. */
    private static final int GREETING_MILLISECONDS = 2000;

    private static final Logger LOG = LoggerFactory.getLogger(WorldOpener.class);

    private final WorldFactory worlds = new WorldFactory();

    /**
     * @param rank 0 for the master, 1 for the worker
     * @param mine what this side shows on the link
     * @param theirs what the other side must show
     */
    World open(int rank, JoinConnection join, byte[] mine, byte[] theirs) throws IOException, InterruptedException {
        World world = worlds.create();
        CompletableFuture<Void> made = new CompletableFuture<>();
        try (ServerSocket rendezvous = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
            initialise(made, world, rank, rendezvous.getLocalPort(), mine, theirs);
            // what ends MPI.Init early ends the wait for its ports
            made.whenComplete((done, failure) -> closeAfter(failure, rendezvous));
            try (Socket mpj = greeted(rendezvous, made, join)) {
                exchangePorts(rank, world, mpj, join);
            }
            meet(rank, world, join);
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

    private static void closeAfter(Throwable failure, ServerSocket rendezvous) {
        if (failure != null) {
            try {
                rendezvous.close();
            } catch (IOException e) {
                LOG.debug("while closing: {}", e.toString());
            }
        }
    }

    private static void initialise(
            CompletableFuture<Void> made, World world, int rank, int port, byte[] mine, byte[] theirs) {
        String[] argv = {
            Integer.toString(rank),
            "#Number of Processes;2;#Protocol Switch Limit;" + PROTOCOL_SWITCH_LIMIT + ";#Server Name;"
                    + InetAddress.getLoopbackAddress().getHostAddress() + ";#Server Port;" + port,
            "niodev"
        };
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

    /** This process's MPJ, which speaks first; others on this host may knock too. */
    private static Socket greeted(ServerSocket rendezvous, CompletableFuture<Void> made, JoinConnection join)
            throws IOException, ExecutionException, InterruptedException {
        while (true) {
            Socket socket;
            try {
                rendezvous.setSoTimeout(join.deadline().milliseconds("rendezvous with this process's MPJ"));
                socket = rendezvous.accept();
            } catch (SocketException e) { // closed
                made.get();
                throw e;
            }
            try {
                socket.setSoTimeout(GREETING_MILLISECONDS);
                if (new DataInputStream(socket.getInputStream()).readUTF().equals("Sending Info")) {
                    return socket;
                }
            } catch (IOException e) {
                LOG.debug("a stranger at the rendezvous: {}", e.toString());
            }
            socket.close();
        }
    }

    /** Answers the rendezvous request of this process's MPJ with its own ports and the other side's. */
    private static void exchangePorts(int rank, World world, Socket mpj, JoinConnection join) throws IOException {
        mpj.setSoTimeout(join.deadline().milliseconds("ports of this process's MPJ"));
        DataInputStream in = new DataInputStream(mpj.getInputStream());
        DataOutputStream out = new DataOutputStream(mpj.getOutputStream());
        String peers = "#None"; // ends MPI.Init with an exception, in place of a hang
        try {
            Ports own = new Ports(in.readInt(), in.readInt());
            in.readInt();
            world.shut();
            send(own, join);
            Ports others = receive(join, "ports of the other side's MPJ");
            String local = InetAddress.getLoopbackAddress().getHostAddress();
            peers = rank == 0
                    ? "#Peer Information;" + own.entry(local, 0) + ";" + others.entry(join.host(), 1)
                    : "#Peer Information;" + others.entry(join.host(), 0) + ";" + own.entry(local, 1);
        } finally {
            out.writeUTF(peers);
            out.flush();
        }
    }

    /** The worker says where it comes from, the master lets that in. */
    private static void meet(int rank, World world, JoinConnection join) throws IOException, InterruptedException {
        if (rank == 1) {
            int[] ports = world.doorsteps(join.deadline().milliseconds("connection to MPJ's ports"));
            send(new Ports(ports[0], ports[1]), join);
        } else {
            Ports from = receive(join, "connection to MPJ's ports");
            int strangers = world.admit(
                    join.address(),
                    new int[] {from.write, from.read},
                    join.deadline().milliseconds("connection to MPJ's ports"));
            if (strangers > 0) {
                LOG.info("{} strangers at MPJ's ports were turned away", strangers);
            }
        }
    }

    private static void send(Ports ports, JoinConnection join) throws IOException {
        join.write(ByteBuffer.allocate(2 * Integer.BYTES).putInt(ports.write).putInt(ports.read));
    }

    private static Ports receive(JoinConnection join, String what) throws IOException {
        ByteBuffer ports = join.read(2 * Integer.BYTES, what);
        return new Ports(ports.getInt(), ports.getInt());
    }

    private record Ports(int write, int read) {
        String entry(String host, int rank) {
            return host + "@" + read + "@" + write + "@" + rank + "@0";
        }
    }
}

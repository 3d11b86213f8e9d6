package org.aevo.mpi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where workers join a run, at any time, and the one port of it. Who connects waits in a {@link Lobby} until it has proved
 * that it knows the secret; from then on each join has a thread of its own, and time-outs at every step.
 */
public final class MasterEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MasterEndpoint.class);
    /** For connections to arrive that the worker has made. */
    private static final Duration LINES_TIMEOUT = Duration.ofSeconds(10);

    private final MasterOptions options;
    private final LinkListener listener;
    private final InetSocketAddress address;
    private final Lobby lobby;
    private final Semaphore turns;
    private final WorldOpener opener = new WorldOpener();
    private final TurnedAway turnedAway;
    /** By the name of their session. */
    private final Map<String, Joining> joining = new HashMap<>();

    private final Set<Link> links = new HashSet<>();
    private Link.Traffic past = Link.Traffic.NONE;
    private int accepted;
    private int linked;
    private boolean closed;

    private MasterEndpoint(MasterOptions options, RunSecret secret, LinkListener listener, Consumer<String> log)
            throws IOException {
        this.turnedAway = new TurnedAway(log);
        this.options = options;
        this.listener = listener;
        this.turns = new Semaphore(options.maxJoining());
        ServerSocketChannel door = ListeningPort.bind(options.bind(), options.port());
        this.address = (InetSocketAddress) door.getLocalAddress();
        this.lobby = new Lobby(door, Meeting.RUN, secret, options.joinTimeout(), turnedAway, new Lobby.Host() {
            @Override
            public void worker(Visitor.Worker worker, SocketChannel channel, String name) throws IOException {
                admit(worker, channel, name);
            }

            @Override
            public void line(Visitor.Line line, SocketChannel channel) throws IOException {
                connect(line, channel);
            }
        });
    }

    /** The same, and nobody hears of those who do not join. */
    public static MasterEndpoint open(MasterOptions options, RunSecret secret, LinkListener listener)
            throws IOException {
        return open(options, secret, listener, line -> {});
    }

    /**
     * Opens the port and begins to accept.
     *
     * @param log takes what there is to say of those who do not join
     * @throws IOException if the port cannot be had
     */
    public static MasterEndpoint open(
            MasterOptions options, RunSecret secret, LinkListener listener, Consumer<String> log) throws IOException {
        MasterEndpoint endpoint = new MasterEndpoint(options, secret, listener, log);
        endpoint.lobby.start();
        return endpoint;
    }

    private static Thread daemon(Runnable body, String name) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The bound address and port; the wildcard address if all interfaces are bound. */
    public InetSocketAddress address() {
        return address;
    }

    /** Sum over all links that ever were. */
    public synchronized Link.Traffic traffic() {
        Link.Traffic sum = past;
        for (Link link : links) {
            sum = sum.plus(link.traffic());
        }
        return sum;
    }

    /** Of a worker that has proved the secret: the rest of its join. */
    private void admit(Visitor.Worker worker, SocketChannel channel, String peer) throws IOException {
        Joining join = new Joining(channel, peer, worker.keys());
        Thread thread = daemon(() -> join(join, worker.answer()), "mpi-join-" + register(join));
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // no further thread can be had
            forget(join);
            throw new IOException(e.getMessage(), e);
        }
    }

    private synchronized int register(Joining join) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        joining.put(join.keys().name(), join);
        return ++accepted;
    }

    private synchronized void forget(Joining join) {
        joining.remove(join.keys().name());
    }

    /** A further connection of a worker that joins. */
    private void connect(Visitor.Line line, SocketChannel channel) throws IOException {
        Optional<Joining> join = find(line.session());
        if (join.isEmpty()) {
            throw new IOException("it belongs to no worker that is joining");
        }
        join.get().take(line.direction(), line.token(), channel);
    }

    private synchronized Optional<Joining> find(String session) {
        return Optional.ofNullable(joining.get(session));
    }

    private void join(Joining join, byte[] answer) {
        try (join) {
            Deadline whole = Deadline.in(options.joinTimeout());
            JoinConnection first = new JoinConnection(join.first().socket(), whole);
            first.write(answer);
            first.expect(join.keys().token(Lines.MADE), "word of its connections");
            join.await(whole.orIn(LINES_TIMEOUT));
            first.write(join.keys().token(Lines.TAKEN));
            meet(join, whole);
        } catch (IOException | RuntimeException e) {
            LOG.debug("no link with {}: {}", join.peer(), e.toString());
            if (!isClosed()) {
                turnedAway.add(join.peer(), e.getMessage() == null ? e.toString() : e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forget(join);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void meet(Joining join, Deadline deadline) throws IOException, InterruptedException {
        if (!turns.tryAcquire(deadline.milliseconds("turn to join"), TimeUnit.MILLISECONDS)) {
            throw new IOException("no turn to join in time");
        }
        try {
            SocketChannel toWorker = join.handOver(Direction.FROM_MASTER);
            SocketChannel fromWorker = join.handOver(Direction.FROM_WORKER);
            start(join.peer(), opener.ofMaster(toWorker, fromWorker, join.keys(), join.peer(), deadline));
        } finally {
            turns.release();
        }
    }

    private void start(String peer, SealedWorld world) {
        WorldLink link;
        synchronized (this) {
            if (closed) {
                world.drop();
                return;
            }
            link = new WorldLink(++linked, peer, world, options.maxMessageBytes(), listener, this::ended);
            links.add(link);
        }
        link.start();
    }

    private synchronized void ended(Link link) {
        if (links.remove(link)) {
            past = past.plus(link.traffic());
        }
    }

    /** Accepts no more workers, and closes all links, at the same time. */
    @Override
    public void close() {
        List<Link> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(links);
            joining.values().forEach(MasterEndpoint::close);
        }
        lobby.close();
        turnedAway.count();
        List<Thread> closing = new ArrayList<>();
        for (Link link : open) {
            Thread thread = daemon(link::close, "mpi-close-" + link.number());
            thread.start();
            closing.add(thread);
        }
        for (Thread thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.debug("while closing: {}", e.toString());
        }
    }
}

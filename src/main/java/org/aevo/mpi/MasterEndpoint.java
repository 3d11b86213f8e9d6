package org.aevo.mpi;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.aevo.mpi.mpj.World;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where workers join a run, at any time. Each join has a thread of its own and time-outs at every step; who connects
 * and does not prove the secret costs that thread for a bounded time, shorter when others wait, and is logged.
 */
public final class MasterEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MasterEndpoint.class);
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 24_999;
    private static final int BACKLOG = 512;
    /** Connections that have proved nothing yet; hundreds of workers may start at a time. */
    static final int MAX_UNPROVEN = 512;

    /** For greeting and proof, which are a matter of milliseconds: strangers get no more. */
    private static final Duration PROOF_TIMEOUT = Duration.ofSeconds(10);
    /** The same when there are too many of them: then the first who came makes room. */
    private static final long CROWDED_NANOSECONDS = TimeUnit.SECONDS.toNanos(1);

    private final MasterOptions options;
    private final RunSecret secret;
    private final LinkListener listener;
    private final ServerSocket server;
    private final Semaphore joining;
    private final WorldOpener opener = new WorldOpener();
    private final TurnedAway turnedAway;
    private final Set<Socket> joins = new HashSet<>();
    /** Those that have not proved the secret yet, and since when they are there; the first who came first. */
    private final Map<Socket, Long> unproven = new LinkedHashMap<>();

    private final Set<Link> links = new HashSet<>();
    private Link.Traffic past = Link.Traffic.NONE;
    private int accepted;
    private int linked;
    private boolean closed;

    private MasterEndpoint(MasterOptions options, RunSecret secret, LinkListener listener, Consumer<String> log)
            throws IOException {
        this.turnedAway = new TurnedAway(log);
        this.options = options;
        this.secret = secret;
        this.listener = listener;
        this.joining = new Semaphore(options.maxJoining());
        this.server = bind(options);
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
        daemon(endpoint::acceptAll, "mpi-accept").start();
        return endpoint;
    }

    private static ServerSocket bind(MasterOptions options) throws IOException {
        if (options.port() != 0) {
            return bind(options, options.port());
        }
        int ports = LAST_PORT - FIRST_PORT + 1;
        int first = ThreadLocalRandom.current().nextInt(ports);
        BindException last = new BindException();
        for (int i = 0; i < ports; i++) {
            try {
                return bind(options, FIRST_PORT + (first + i) % ports);
            } catch (BindException e) {
                last = e;
            }
        }
        throw new IOException("no free port in " + FIRST_PORT + "-" + LAST_PORT + ": " + last.getMessage(), last);
    }

    private static ServerSocket bind(MasterOptions options, int port) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(options.bind(), port), BACKLOG);
            return server;
        } catch (IOException e) {
            server.close();
            BindException named = new BindException(
                    "cannot listen on " + options.bind().getHostAddress() + ":" + port + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    private static Thread daemon(Runnable body, String name) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The bound address and port; the wildcard address if all interfaces are bound. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** Sum over all links that ever were. */
    public synchronized Link.Traffic traffic() {
        Link.Traffic sum = past;
        for (Link link : links) {
            sum = sum.plus(link.traffic());
        }
        return sum;
    }

    private void acceptAll() {
        while (true) {
            try {
                awaitRoom();
                accept(server.accept());
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                if (isClosed()) {
                    return;
                }
                LOG.warn("a connection could not be accepted: {}", e.getMessage());
                pause(); // out of descriptors, most likely: it may pass
            }
        }
    }

    /** Those who say nothing must not keep workers out. */
    private synchronized void awaitRoom() throws InterruptedException {
        while (unproven.size() >= MAX_UNPROVEN && !closed) {
            Map.Entry<Socket, Long> first = unproven.entrySet().iterator().next();
            long left = first.getValue() + CROWDED_NANOSECONDS - System.nanoTime();
            if (left <= 0) {
                unproven.remove(first.getKey());
                joins.remove(first.getKey());
                turnedAway.add(name(first.getKey()), "it proved nothing, and others waited");
                close(first.getKey());
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
    }

    private void accept(Socket socket) throws IOException {
        Thread thread = daemon(() -> join(socket), "mpi-join-" + register(socket));
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // no further thread can be had
            forget(socket);
            close(socket);
            throw new IOException(e.getMessage(), e);
        }
    }

    private synchronized void forget(Socket socket) {
        joins.remove(socket);
        proven(socket);
    }

    private synchronized void proven(Socket socket) {
        unproven.remove(socket);
        notifyAll();
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized int register(Socket socket) throws IOException {
        if (closed) {
            socket.close();
            throw new IOException("closed");
        }
        joins.add(socket);
        unproven.put(socket, System.nanoTime());
        return ++accepted;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean isWanted(Socket socket) {
        return !closed && joins.contains(socket);
    }

    private static String name(Socket socket) {
        return String.valueOf(socket.getRemoteSocketAddress()).replaceFirst("^/", "");
    }

    private void join(Socket socket) {
        String peer = name(socket);
        try (socket) {
            Deadline whole = Deadline.in(options.joinTimeout());
            JoinConnection worker = new JoinConnection(socket, whole.orIn(PROOF_TIMEOUT));
            Handshake.LinkProofs proofs = Handshake.asMaster(worker, secret);
            proven(socket);
            worker.deadline(whole);
            meet(worker, proofs);
        } catch (IOException | RuntimeException e) {
            LOG.debug("no link with {}: {}", peer, e.toString());
            if (isWanted(socket)) {
                turnedAway.add(peer, e.getMessage() == null ? e.toString() : e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forget(socket);
        }
    }

    private void meet(JoinConnection worker, Handshake.LinkProofs proofs) throws IOException, InterruptedException {
        if (!joining.tryAcquire(worker.deadline().milliseconds("turn to join"), TimeUnit.MILLISECONDS)) {
            throw new IOException("no turn to join in time");
        }
        try {
            World world = opener.open(0, worker, proofs.master(), proofs.worker());
            start(worker.peer(), world);
        } finally {
            joining.release();
        }
    }

    private void start(String peer, World world) {
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
            joins.forEach(MasterEndpoint::close);
        }
        close(server);
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

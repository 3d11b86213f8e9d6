package org.aevo.mpi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where those wait who have connected to a master's port, or a team's, until they have shown who they are. One thread for all of them,
 * which waits for nobody: a thousand that say nothing, or a byte now and then, cost their descriptors for a bounded
 * time, and are the first to go when there are too many.
 */
final class Lobby implements Closeable {
    /** Connections that have proved nothing yet; hundreds of workers may start at a time. */
    static final int MAX_UNPROVEN = 512;

    /** For greeting and proof, which are a matter of milliseconds. */
    private static final Duration PROOF_TIMEOUT = Duration.ofSeconds(10);
    /** Accepted at a time; between two times, all are heard that have said something. */
    private static final int AT_ONCE = 64;

    private static final long LOOK_MILLIS = 500;
    private static final long PAUSE_MILLIS = 200;
    private static final Logger LOG = LoggerFactory.getLogger(Lobby.class);

    private final ServerSocketChannel door;
    private final Meeting meeting;
    private final RunSecret secret;
    private final Duration proofTimeout;
    private final TurnedAway turnedAway;
    private final Host host;
    private final Selector selector;
    private final SelectionKey accepting;
    private final Thread thread;
    /** The first who came first. */
    private final Set<Visitor> visitors = new LinkedHashSet<>();

    private volatile boolean closed;
    private Optional<Deadline> pause = Optional.empty();

    /** Takes those who have shown who they are. Called on the lobby's thread: must not wait. */
    interface Host {
        /** A worker, or a team mate, that has proved the secret; the channel blocks. */
        void worker(Visitor.Worker worker, SocketChannel channel, String name) throws IOException;

        /**
         * A further connection of one; the channel blocks.
         *
         * @throws IOException if there is no such worker, or the token is wrong
         */
        void line(Visitor.Line line, SocketChannel channel) throws IOException;
    }

    /**
     * @param door bound
     * @param meeting that it is for
     * @param patience at most so long
     */
    Lobby(
            ServerSocketChannel door,
            Meeting meeting,
            RunSecret secret,
            Duration patience,
            TurnedAway turnedAway,
            Host host)
            throws IOException {
        this.door = door;
        this.meeting = meeting;
        this.secret = secret;
        this.proofTimeout = patience.compareTo(PROOF_TIMEOUT) < 0 ? patience : PROOF_TIMEOUT;
        this.turnedAway = turnedAway;
        this.host = host;
        this.selector = Selector.open();
        door.configureBlocking(false);
        this.accepting = door.register(selector, SelectionKey.OP_ACCEPT);
        this.thread = new Thread(this::run, "mpi-lobby");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(LOOK_MILLIS);
                List<SelectionKey> ready = List.copyOf(selector.selectedKeys());
                selector.selectedKeys().clear();
                for (SelectionKey key : ready) {
                    if (key.attachment() instanceof Visitor visitor && key.isValid()) {
                        hear(visitor, key);
                    }
                }
                sendLateOnesAway();
                if (ready.contains(accepting) || pause.isPresent()) {
                    acceptSome();
                }
            }
        } catch (IOException e) {
            LOG.error("the port for a {} is given up", meeting.guest(), e);
        } finally {
            closeAll();
        }
    }

    private void hear(Visitor visitor, SelectionKey key) {
        SocketChannel channel = visitor.channel();
        try {
            Optional<Visitor.Kind> kind = visitor.read();
            if (kind.isPresent()) {
                visitors.remove(visitor);
                key.cancel();
                selector.selectNow(); // forgets it
                channel.configureBlocking(true);
                if (kind.get() instanceof Visitor.Worker worker) {
                    host.worker(worker, channel, visitor.name());
                } else if (kind.get() instanceof Visitor.Line line) {
                    host.line(line, channel);
                }
            }
        } catch (IOException | RuntimeException e) {
            sendAway(visitor, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void acceptSome() {
        if (pause.isPresent() && !pause.get().isOver()) {
            return;
        }
        pause = Optional.empty();
        accepting.interestOps(SelectionKey.OP_ACCEPT);
        try {
            SocketChannel channel = door.accept();
            for (int i = 1; channel != null; i++) {
                receive(channel);
                channel = i < AT_ONCE ? door.accept() : null;
            }
        } catch (IOException e) {
            if (!closed) { // out of descriptors, most likely
                LOG.warn("a connection could not be accepted: {}", e.getMessage());
                for (int i = visitors.size() / 2; i >= 0; i--) {
                    makeRoom();
                }
                accepting.interestOps(0);
                pause = Optional.of(Deadline.in(Duration.ofMillis(PAUSE_MILLIS)));
            }
        }
    }

    private void receive(SocketChannel channel) {
        if (visitors.size() >= MAX_UNPROVEN) {
            makeRoom();
        }
        try {
            Visitor visitor = new Visitor(channel, meeting, secret, Deadline.in(proofTimeout));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, visitor);
            visitors.add(visitor);
        } catch (IOException e) { // gone again
            close(channel);
        }
    }

    /** Who has said nothing goes first, then who has been here for longest. */
    private void makeRoom() {
        first(v -> !v.hasGreeted())
                .or(() -> first(v -> true))
                .ifPresent(visitor -> sendAway(visitor, "it proved nothing, and others waited"));
    }

    private Optional<Visitor> first(Predicate<Visitor> wanted) {
        return visitors.stream().filter(wanted).findFirst();
    }

    private void sendLateOnesAway() {
        for (Visitor late : visitors.stream().filter(Visitor::isLate).toList()) {
            sendAway(late, "no " + late.due() + " in time");
        }
    }

    private void sendAway(Visitor visitor, String reason) {
        visitors.remove(visitor);
        close(visitor.channel());
        if (!closed) {
            LOG.debug("no link with {}: {}", visitor.name(), reason);
            turnedAway.add(visitor.name(), reason);
        }
    }

    /** The port, and all who wait. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAll() {
        visitors.forEach(visitor -> close(visitor.channel()));
        close(door);
        close(selector); // which alone lets go of what was registered with it
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.debug("while closing: {}", e.toString());
        }
    }
}

package org.aevo.mpi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Joins runs; several threads may at once. MPJ's class files are read once for all. */
public final class WorkerConnector {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(120);
    private static final long PAUSE_MILLISECONDS = 100;

    private final int maxMessageBytes;
    private final WorldOpener opener = new WorldOpener();

    /** For the default limit of message size. */
    public WorkerConnector() {
        this(MasterOptions.DEFAULT_MAX_MESSAGE_BYTES);
    }

    /**
     * @param maxMessageBytes a larger message is refused before memory is taken for it
     */
    public WorkerConnector(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Joins the run of a master, trying again until its port answers.
     *
     * @param listener hears of the link: {@link LinkEvent.Joined} before this method returns
     * @throws WrongSecretException if the master does not know the secret or does not accept ours
     * @throws OtherVersionException if the master is of another version
     * @throws IOException if no link was made before the time-out; the message names host, port and the last failure
     * @throws InterruptedException if the calling thread was interrupted
     */
    public Link connect(String host, int port, RunSecret secret, Duration timeout, LinkListener listener)
            throws IOException, InterruptedException {
        return connect(host, port, secret, timeout, Optional.empty(), listener);
    }

    /**
     * The same, but a master that answers has more time: one that many workers come to at once is slow.
     *
     * @param timeout to reach it
     * @param patience from then on
     */
    public Link connect(
            String host, int port, RunSecret secret, Duration timeout, Duration patience, LinkListener listener)
            throws IOException, InterruptedException {
        return connect(host, port, secret, timeout, Optional.of(patience), listener);
    }

    private Link connect(
            String host,
            int port,
            RunSecret secret,
            Duration timeout,
            Optional<Duration> patience,
            LinkListener listener)
            throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        Optional<IOException> found = Optional.empty();
        while (true) {
            try {
                return join(
                        host, port, secret, deadline, patience.map(Deadline::in).orElse(deadline), listener);
            } catch (WrongSecretException e) {
                throw new WrongSecretException(
                        "the master at " + host + ":" + port + " does not know this run's secret");
            } catch (OtherVersionException e) {
                throw e;
            } catch (IOException last) {
                // that the time is over says less than what was found before
                IOException e = deadline.isOver() ? found.orElse(last) : last;
                found = Optional.of(e);
                if (deadline.isOver()) {
                    throw new IOException(
                            "no link with the master at " + host + ":" + port + " within " + timeout.toMillis() / 1000.0
                                    + " s: " + (e instanceof UnknownHostException ? "unknown host" : e.getMessage()),
                            e);
                }
            }
            Thread.sleep(PAUSE_MILLISECONDS);
        }
    }

    private Link join(
            String host, int port, RunSecret secret, Deadline deadline, Deadline joined, LinkListener listener)
            throws IOException, InterruptedException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        try (SocketChannel channel = SocketChannel.open()) {
            channel.socket().connect(address, deadline.orIn(CONNECT_TIMEOUT).milliseconds("connection"));
            JoinConnection master = new JoinConnection(channel.socket(), joined.orIn(JOIN_TIMEOUT));
            SessionKeys keys = Handshake.asGuest(Meeting.RUN, master, secret);
            List<SocketChannel> lines = Lines.open(master, channel.getRemoteAddress(), keys);
            SealedWorld world = opener.ofWorker(
                    lines.get(Direction.FROM_WORKER.ordinal()),
                    lines.get(Direction.FROM_MASTER.ordinal()),
                    keys,
                    master.peer(),
                    master.deadline());
            WorldLink link = new WorldLink(0, host + ":" + port, world, maxMessageBytes, listener, ended -> {});
            link.start();
            return link;
        }
    }
}

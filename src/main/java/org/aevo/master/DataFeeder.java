package org.aevo.master;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.aevo.mpi.Link;
import org.aevo.mpi.Message;

/**
 * The master's part in sending data to hosts that have none: pieces, one for each link in turn, so that none waits for
 * the whole of another's. On a thread of its own, since a disk may take long and the loop must not wait for it.
 *
 * <p>What was sent and has not arrived is in memory: at most {@value #ON_THE_WAY} bytes of all links together. A worker says
 * with each request how far the answers have come.
 */
public final class DataFeeder implements AutoCloseable {
    static final int MOST_BYTES_OF_PIECE = 1 << 20;
    static final int MOST_REQUESTS = 16;
    static final long ON_THE_WAY = 16 << 20;
    private static final long CLOSE_MILLIS = 10_000;

    private final Message.Data data;
    private final Pieces pieces;
    private final Consumer<String> warnings;
    private final Thread thread = new Thread(this::feed, "data");

    private final Map<Link, Guest> guests = new HashMap<>();
    /** Links of which something waits, the next first; each once. */
    private final Deque<Link> turns = new ArrayDeque<>();

    private long onTheWay;
    private boolean warned;
    private boolean closed;

    /** Where the data are read. */
    @FunctionalInterface
    public interface Pieces {
        byte[] read(long from, int length) throws IOException;
    }

    /** What is known of a link. */
    private static final class Guest {
        private final Deque<Message.FetchData> waiting = new ArrayDeque<>();
        private final Deque<Message.FetchData> sent = new ArrayDeque<>();
    }

    /**
     * @param checksum of the split
     * @param bytes of it
     * @param warnings takes what goes wrong, once; called from the other thread
     */
    public DataFeeder(String checksum, long bytes, Pieces pieces, Consumer<String> warnings) {
        this.data = new Message.Data(checksum, bytes);
        this.pieces = pieces;
        this.warnings = warnings;
        thread.setDaemon(true);
        thread.start();
    }

    /** What workers are told of it. */
    Message.Data data() {
        return data;
    }

    /**
     * Answers a worker that has no copy, later.
     *
     * @return false if the message asks for nothing of the kind
     */
    synchronized boolean hear(Link link, Message message) {
        if (message instanceof Message.FetchData fetch) {
            Guest guest = guests.computeIfAbsent(link, unknown -> new Guest());
            arrived(guest, fetch.arrived());
            if (!isGood(fetch) || guest.waiting.size() + guest.sent.size() >= MOST_REQUESTS) {
                link.send(problem(
                        fetch,
                        "no worker asks for " + fetch.length() + " bytes from " + fetch.from() + " of " + data.bytes()
                                + ", or for more than " + MOST_REQUESTS + " pieces at once"));
                return true;
            }
            if (guest.waiting.isEmpty()) {
                turns.add(link);
            }
            guest.waiting.add(fetch);
            notifyAll();
            return true;
        }
        if (message instanceof Message.DataHere) {
            forget(link);
            return true;
        }
        return false;
    }

    private boolean isGood(Message.FetchData fetch) {
        return fetch.from() >= 0
                && fetch.length() >= 1
                && fetch.length() <= MOST_BYTES_OF_PIECE
                && fetch.from() <= data.bytes() - fetch.length();
    }

    /** Nobody is at the other end of a link any more, or who is there has everything. */
    synchronized void forget(Link link) {
        Guest guest = guests.remove(link);
        if (guest != null) {
            turns.remove(link);
            arrived(guest, Long.MAX_VALUE);
        }
    }

    private void arrived(Guest guest, long request) {
        while (!guest.sent.isEmpty() && guest.sent.peek().request() <= request) {
            onTheWay -= guest.sent.remove().length();
            notifyAll();
        }
    }

    private static Message problem(Message.FetchData fetch, String problem) {
        return new Message.DataPiece(fetch.request(), fetch.from(), new byte[0], problem);
    }

    /** Bytes that were sent and have not arrived, as far as is known. */
    synchronized long onTheWay() {
        return onTheWay;
    }

    private void feed() {
        try {
            while (true) {
                Turn turn = next();
                turn.link().send(piece(turn.fetch()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** What is sent next. */
    private record Turn(Link link, Message.FetchData fetch) {}

    private synchronized Turn next() throws InterruptedException {
        while (!closed) {
            Link link = turns.peek();
            if (link != null) {
                Guest guest = guests.get(link);
                Message.FetchData fetch = guest.waiting.element();
                if (onTheWay + fetch.length() <= ON_THE_WAY) {
                    turns.remove();
                    guest.waiting.remove();
                    if (!guest.waiting.isEmpty()) {
                        turns.add(link);
                    }
                    guest.sent.add(fetch);
                    onTheWay += fetch.length();
                    return new Turn(link, fetch);
                }
            }
            wait();
        }
        throw new InterruptedException("closed");
    }

    private Message piece(Message.FetchData fetch) {
        try {
            return new Message.DataPiece(fetch.request(), fetch.from(), pieces.read(fetch.from(), fetch.length()), "");
        } catch (IOException
                | RuntimeException
                | OutOfMemoryError e) { // the worker waits for an answer whatever happens
            String text = e instanceof IOException ? e.getMessage() : e.toString();
            warn("data cannot be sent to workers: " + text);
            return problem(fetch, text);
        }
    }

    private void warn(String text) {
        if (!warned) {
            warned = true;
            warnings.accept(text);
        }
    }

    /** Sends nothing more. The thread is not interrupted, which would close the file that it reads. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

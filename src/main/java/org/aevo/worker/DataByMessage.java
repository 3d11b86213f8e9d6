package org.aevo.worker;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.aevo.mpi.Link;
import org.aevo.mpi.Message;

/**
 * The data, of a worker whose host has none: the master sends them. A worker has asked for so few pieces at a time that
 * master and link have few of them in memory, and its signs of life come between.
 */
public final class DataByMessage {
    static final int PIECE = 256 << 10;
    static final int ASKED_AT_ONCE = 4;

    private final Link link;
    private final double patienceSeconds;
    private final BlockingQueue<Message.DataPiece> pieces = new LinkedBlockingQueue<>();
    private long lastRequest;
    private long lastAnswer;

    /** Takes bytes in their order. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param from place of the first, counted from 0
         */
        void take(long from, byte[] bytes) throws IOException;
    }

    /** A piece that was asked for. */
    private record Asked(long request, long from, int length) {}

    /**
     * @param link to the master
     * @param patienceSeconds for a piece: the master may be busy with other workers
     */
    DataByMessage(Link link, double patienceSeconds) {
        this.link = link;
        this.patienceSeconds = patienceSeconds;
    }

    /**
     * Takes what the master answered; called by the thread that hears it, which waits for nobody.
     *
     * @return false if it is something else
     */
    boolean hear(Message message) {
        return message instanceof Message.DataPiece piece && pieces.add(piece);
    }

    /**
     * Gets everything, from the first byte on.
     *
     * @param bytes that there are
     * @throws IOException of the sink
     * @throws IllegalStateException if the master does not give them, or this thread is interrupted
     */
    public void fetch(long bytes, Sink sink) throws IOException {
        Deque<Asked> asked = new ArrayDeque<>();
        long next = 0;
        while (next < bytes || !asked.isEmpty()) {
            while (next < bytes && asked.size() < ASKED_AT_ONCE) {
                int length = (int) Math.min(PIECE, bytes - next);
                asked.add(new Asked(++lastRequest, next, length));
                link.send(new Message.FetchData(lastRequest, next, length, lastAnswer));
                next += length;
            }
            Asked first = asked.remove();
            byte[] piece = answer(first);
            sink.take(first.from(), piece);
        }
    }

    /** Answers come in the order of their requests; those to a fetch that was given up come first. */
    private byte[] answer(Asked asked) {
        while (true) {
            Message.DataPiece piece = await();
            lastAnswer = piece.request();
            if (piece.request() == asked.request()) {
                if (!piece.problem().isEmpty()) {
                    throw new IllegalStateException("the master cannot send the data: " + piece.problem());
                }
                if (piece.from() != asked.from() || piece.bytes().length != asked.length()) {
                    throw new IllegalStateException(
                            "the master sent " + piece.bytes().length + " bytes of the data from " + piece.from()
                                    + ", asked for were " + asked.length() + " from " + asked.from());
                }
                return piece.bytes();
            }
            if (piece.request() > asked.request()) {
                throw new IllegalStateException("the master left out a piece of the data");
            }
        }
    }

    private Message.DataPiece await() {
        try {
            Message.DataPiece piece = pieces.poll((long) (patienceSeconds * 1000), TimeUnit.MILLISECONDS);
            if (piece == null) {
                throw new IllegalStateException(
                        String.format(Locale.ROOT, "the master sent nothing of the data for %.0f s", patienceSeconds));
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("this worker was told to end", e);
        }
    }

    /**
     * Says that the data are here.
     *
     * @param fetched whether this worker has fetched them
     * @param bytes that it fetched
     * @param seconds that it took to have them
     */
    public void here(boolean fetched, long bytes, double seconds) {
        link.send(new Message.DataHere(fetched, bytes, seconds));
    }
}

package org.aevo.mpi.mpj;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import mpi.MPI;
import mpi.Op;

/**
 * A world's collective operations as MPJ has them, of messages that are small enough to be sent at once: above its
 * protocol switch limit MPJ asks the receiver first, and starts a thread for each.
 *
 * <p>MPJ's waiting knows no end. The one receive that the calling thread waits in is known here, since MPJ keeps it in a
 * map of ours, and is ended with the world.
 */
public final class MpjWorldGroup implements GroupWorld, Runnable {
    /** Of a message with MPJ's headers; what its pool of buffers gives in one piece. */
    private static final int MESSAGE_BYTES = 262_144;
    /** Of what is summed or said at a time: with the headers it fits a message. */
    private static final int PIECE_BYTES = 260_000;
    /** What may be said before all have heard it. */
    private static final int UNHEARD_BYTES = 2 << 20;

    private static final String ENDED = "the world has ended";

    private final Object lock = new Object();
    private final float[] piece = new float[PIECE_BYTES / Float.BYTES];
    private volatile MpjWorldDevice device = new MpjWorldDevice(0, List.of(), List.of(), Optional.empty());
    private Op sum;
    /** Since a moment at which all had heard everything; the same on all ranks. */
    private long unheard;

    // under the lock
    private boolean busy;
    private boolean ended;
    /** Nothing arrives any more. */
    private boolean still;

    private Thread initialising;
    private mpjdev.Request waiting;

    /** Called by {@link WorldFactory}. */
    public MpjWorldGroup() {}

    @Override
    public void init(int rank, List<SocketChannel> outgoing, List<SocketChannel> incoming) throws IOException {
        MpjWorldDevice given = new MpjWorldDevice(rank, outgoing, incoming, Optional.of(new Waiting()));
        synchronized (lock) {
            device = given;
            initialising = Thread.currentThread();
        }
        try {
            perform(new Operation<Void>() {
                @Override
                public Void run() throws IOException {
                    make(given);
                    return null;
                }
            });
        } finally {
            boolean over;
            synchronized (lock) {
                initialising = null;
                Thread.interrupted();
                over = ended;
            }
            if (over) {
                given.close(); // what MPI.Init opened after the world was dropped
            }
        }
    }

    private void make(MpjWorldDevice given) throws IOException {
        // Every other rank may have said so much before it is heard; and what is being sent and received.
        MpjWorldBuffers.allow(MESSAGE_BYTES, UNHEARD_BYTES * 2L + 4L * given.size() * MESSAGE_BYTES);
        MpjWorldThread.atEnd(this);
        given.init(MESSAGE_BYTES);
        // Of two ranks each sends the other its part: two numbers have one sum. Of more, the order of a sum would
        // differ
        // from rank to rank: one rank computes it, and sends it back. MPJ_HOME's configuration has no say.
        MPI.isOldSelected = given.size() == 2;
        sum = new Op(new MpjWorldSum(), true);
    }

    @Override
    public void allreduce(float[] values, int count) throws IOException {
        Objects.checkFromIndexSize(0, count, values.length);
        perform(new Operation<Void>() {
            @Override
            public Void run() {
                for (int from = 0; from < count; from += piece.length) {
                    int length = Math.min(piece.length, count - from);
                    System.arraycopy(values, from, piece, 0, length);
                    MPI.COMM_WORLD.Allreduce(piece, 0, piece, 0, length, MPI.FLOAT, sum);
                    System.arraycopy(piece, 0, values, from, length);
                    unheard = 0;
                }
                return null;
            }
        });
    }

    @Override
    public byte[] broadcast(byte[] word) throws IOException {
        return perform(new Operation<byte[]>() {
            @Override
            public byte[] run() {
                int[] length = {device.rank() == 0 ? word.length : 0};
                MPI.COMM_WORLD.Bcast(length, 0, 1, MPI.INT, 0);
                byte[] all = device.rank() == 0 ? word : new byte[length[0]];
                said(Integer.BYTES);
                for (int from = 0; from < all.length; from += PIECE_BYTES) {
                    int part = Math.min(PIECE_BYTES, all.length - from);
                    MPI.COMM_WORLD.Bcast(all, from, part, MPI.BYTE, 0);
                    said(part);
                }
                return all;
            }
        });
    }

    @Override
    public List<byte[]> gather(byte[] word) throws IOException {
        return perform(new Operation<List<byte[]>>() {
            @Override
            public List<byte[]> run() {
                int size = device.size();
                int[] lengths = new int[size];
                MPI.COMM_WORLD.Allgather(new int[] {word.length}, 0, 1, MPI.INT, lengths, 0, 1, MPI.INT);
                unheard = 0; // all have said something
                List<byte[]> words = new ArrayList<>();
                for (int i = 0; i < size && device.rank() == 0; i++) {
                    words.add(new byte[lengths[i]]);
                }
                int longest = Arrays.stream(lengths).max().getAsInt();
                for (int from = 0; from < longest; from += PIECE_BYTES) {
                    gather(word, from, lengths, words);
                }
                return words;
            }
        });
    }

    /** Gathers what the words have of one piece. */
    private void gather(byte[] word, int from, int[] lengths, List<byte[]> words) {
        int[] counts = new int[lengths.length];
        int[] places = new int[lengths.length];
        int sum = 0;
        for (int i = 0; i < lengths.length; i++) {
            counts[i] = Math.max(0, Math.min(PIECE_BYTES, lengths[i] - from));
            places[i] = sum;
            sum += counts[i];
        }
        byte[] all = new byte[device.rank() == 0 ? sum : 0];
        int own = counts[device.rank()];
        byte[] part = own == 0 ? new byte[0] : Arrays.copyOfRange(word, from, from + own);
        MPI.COMM_WORLD.Gatherv(part, 0, own, MPI.BYTE, all, 0, counts, places, MPI.BYTE, 0);
        for (int i = 0; i < words.size(); i++) {
            System.arraycopy(all, places[i], words.get(i), counts[i] == 0 ? 0 : from, counts[i]);
        }
        said(sum);
    }

    /** Lets all hear what was said, before it becomes too much for who hears it later. */
    private void said(int bytes) {
        unheard += bytes;
        if (unheard > UNHEARD_BYTES) {
            MPI.COMM_WORLD.Barrier();
            unheard = 0;
        }
    }

    @Override
    public void barrier() throws IOException {
        perform(new Operation<Void>() {
            @Override
            public Void run() {
                MPI.COMM_WORLD.Barrier();
                unheard = 0;
                return null;
            }
        });
    }

    private interface Operation<T> {
        T run() throws IOException;
    }

    private <T> T perform(Operation<T> operation) throws IOException {
        synchronized (lock) {
            if (busy) {
                throw new IllegalStateException("two operations at a time");
            }
            busy = true;
        }
        try {
            check();
            return operation.run();
        } catch (Exception | Error e) {
            // Who does not do what the others do is in no group with them any more.
            drop();
            throw e instanceof IOException io ? io : new IOException(e instanceof MpjWorldEnd ? ENDED : "MPJ: " + e, e);
        } finally {
            synchronized (lock) {
                busy = false;
                waiting = null;
                release();
            }
        }
    }

    private void check() throws IOException {
        synchronized (lock) {
            if (ended) {
                throw new IOException(ENDED);
            }
        }
    }

    /** MPJ's receives that wait for a message: one at a time. */
    private final class Waiting extends HashMap<Object, Object> {
        private static final long serialVersionUID = 1;

        @Override
        public Object put(Object key, Object request) {
            synchronized (lock) {
                if (ended) {
                    throw new MpjWorldEnd();
                }
                waiting = (mpjdev.Request) request;
            }
            return super.put(key, request);
        }
    }

    /** Nothing arrives any more: another rank is gone, or this one has ended the world. */
    @Override
    public void run() {
        drop();
    }

    @Override
    public void drop() {
        MpjWorldDevice closing;
        mpjdev.Request abandoned;
        synchronized (lock) {
            if (ended) {
                return;
            }
            ended = true;
            closing = device;
            abandoned = waiting;
            if (initialising != null) {
                initialising.interrupt();
            }
        }
        boolean nothingArrives = closing.close();
        if (abandoned != null) {
            MpjWorldDevice.end(abandoned, new MpjWorldEnd());
        }
        synchronized (lock) {
            still = nothingArrives;
            release();
        }
    }

    /** Under the lock. */
    private void release() {
        if (ended && still && !busy) {
            MpjWorldBuffers.destroyAll();
        }
    }
}

package org.aevo.mpi.mpj;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mpi.MPI;
import mpi.Request;
import mpi.Status;

/**
 * The world as MPJ's public interface offers it ({@code Init}, {@code Isend}, {@code Irecv}, {@code Wait}) and what that
 * lacks, of {@link MpjWorldDevice}. Loaded by a {@link WorldClassLoader}, once per world, so that {@code MPI.COMM_WORLD}
 * is the world's own; therefore without lambdas, each of which every world would link anew.
 */
public final class MpjWorld implements World {
    private static final int TAG = 1;
    /** Above it MPJ would start a thread per message. No frame comes near it. */
    private static final int PROTOCOL_SWITCH_LIMIT = 131_072;
    /** In unreceived messages; several times what the peer may send before it is confirmed. */
    private static final long MOST = 8 << 20;

    private volatile boolean ended;
    private volatile Thread initialising;
    private volatile Request sending;
    private volatile Request receiving;
    private final Set<Request> abandoned = ConcurrentHashMap.newKeySet();
    private volatile int peer;
    private volatile MpjWorldDevice device = new MpjWorldDevice(0, List.of(), List.of(), Optional.empty());

    /** Called by {@link WorldFactory}. */
    public MpjWorld() {}

    @Override
    public void init(int rank, SocketChannel outgoing, SocketChannel incoming) throws IOException {
        device = new MpjWorldDevice(rank, List.of(outgoing), List.of(incoming), Optional.empty());
        MpjWorldBuffers.allow(2 * MAX_BYTES, MOST);
        initialising = Thread.currentThread();
        try {
            if (ended) {
                throw new IOException("the world has ended");
            }
            device.init(PROTOCOL_SWITCH_LIMIT);
            peer = 1 - rank;
        } finally {
            initialising = null;
            Thread.interrupted();
            if (ended) {
                drop(); // what Init opened meanwhile
            }
        }
    }

    @Override
    public void send(byte[] bytes, int length) throws IOException {
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException("at most " + MAX_BYTES + " bytes, were " + length);
        }
        if (ended) {
            throw new IOException("the world has ended");
        }
        try {
            Request request = MPI.COMM_WORLD.Isend(bytes, 0, length, MPI.BYTE, peer, TAG);
            sending = request;
            if (ended) {
                abandon(request);
            }
            request.Wait();
            if (abandoned.contains(request)) {
                throw new IOException("the world has ended");
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) { // a closed socket comes as one of several unchecked exceptions
            throw new IOException("MPJ could not send: " + e, e);
        } finally {
            sending = null;
        }
    }

    @Override
    public int receive(byte[] into) throws IOException {
        try {
            Request request = MPI.COMM_WORLD.Irecv(into, 0, MAX_BYTES, MPI.BYTE, peer, TAG);
            receiving = request;
            if (ended) {
                abandon(request);
            }
            Status status = request.Wait();
            if (abandoned.contains(request)) {
                throw new IOException("the world has ended");
            }
            return status.Get_count(MPI.BYTE);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) { // a message larger than the buffer, or MPJ's unpacking after a forced end
            throw new IOException("MPJ could not receive: " + e, e);
        } finally {
            receiving = null;
        }
    }

    @Override
    public void awaitEnd() throws InterruptedException {
        MpjWorldDevice.awaitEnd();
    }

    @Override
    public synchronized void drop() {
        device.close();
        ended = true;
        device.close(); // what it was given meanwhile
        abandon(receiving);
        abandon(sending);
        Thread init = initialising;
        if (init != null) {
            init.interrupt();
        }
    }

    /**
     * Wakes the thread that waits for a request, unless the request has been completed. What MPJ would do after
     * completion, unpacking, is taken out: there is nothing to unpack.
     */
    private void abandon(Request request) {
        if (request == null) {
            return;
        }
        mpjdev.Request pending = request.req;
        Class<?> type = pending.getClass().getSuperclass();
        synchronized (pending) {
            if (!(Boolean) MpjWorldDevice.call(pending, type, "isCompleted")) {
                abandoned.add(request);
                ((List<?>) MpjWorldDevice.get(pending, mpjdev.Request.class, "list")).clear();
                if (MpjWorldDevice.get(pending, type, "buffer") instanceof mpjbuf.Buffer buffer) {
                    MpjWorldBuffers.destroy(buffer.getStaticBuffer());
                }
                MpjWorldDevice.call(pending, type, "notifyMe");
            }
        }
    }
}

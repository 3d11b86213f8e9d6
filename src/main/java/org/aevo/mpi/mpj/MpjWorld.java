package org.aevo.mpi.mpj;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import mpi.MPI;
import mpi.Request;
import mpi.Status;
import org.apache.log4j.Logger;

/**
 * The world as MPJ's public interface offers it ({@code Init}, {@code Isend}, {@code Irecv}, {@code Wait}) and, by
 * reflection, what that lacks: to see the end of the device, and to end it without the peer's consent. Loaded by a
 * {@link WorldClassLoader}, once per world, so that {@code MPI.COMM_WORLD} is the world's own; therefore without
 * lambdas, each of which every world would link anew.
 */
public final class MpjWorld implements World {
    private static final int TAG = 1;
    /** MPJ's own. */
    private static final int SOCKET_BUFFER = 524_288;
    /** Above it MPJ would start a thread per message. No frame comes near it. */
    private static final int PROTOCOL_SWITCH_LIMIT = 131_072;

    private volatile boolean ended;
    private volatile Thread initialising;
    private volatile Request sending;
    private volatile Request receiving;
    private final Set<Request> abandoned = ConcurrentHashMap.newKeySet();
    private volatile int peer;
    private volatile int rank;
    private volatile SocketChannel outgoing;
    private volatile SocketChannel incoming;

    /** Called by {@link WorldFactory}. */
    public MpjWorld() {}

    @Override
    public void init(int rank, SocketChannel outgoing, SocketChannel incoming) throws IOException {
        String[] argv = {
            Integer.toString(rank),
            "#Number of Processes;2;#Protocol Switch Limit;" + PROTOCOL_SWITCH_LIMIT
                    + ";#Server Name;none;#Server Port;1",
            "niodev"
        };
        this.rank = rank;
        this.outgoing = outgoing;
        this.incoming = incoming;
        initialising = Thread.currentThread();
        MpjWorldRendezvous.serve(this);
        try {
            if (ended) {
                throw new IOException("the world has ended");
            }
            // With a logger of its own, MPI.Init opens no log file, whatever MPJ_HOME's configuration says.
            field(MPI.class, "logger").set(null, Logger.getLogger("mpj"));
            MPI.Init(argv);
            if (MPI.COMM_WORLD.Size() != 2) {
                throw new IOException("a world of " + MPI.COMM_WORLD.Size() + " ranks in place of 2");
            }
            peer = 1 - MPI.COMM_WORLD.Rank();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) { // MPJ lets any exception of its device through, unchecked ones among them
            throw new IOException("MPJ could not make a world: " + e, e);
        } finally {
            initialising = null;
            Thread.interrupted();
            if (ended) {
                drop(); // what Init opened meanwhile
            }
        }
    }

    /**
     * Gives MPJ's device its connections, and closes its doors; MPJ asks for that in the middle of {@code Init}, when its
     * thread for what arrives has not been started yet. Answers the rank.
     */
    int connect() throws IOException {
        Object device = mpjdev.javampjdev.MPJDev.dev;
        Selector selector = (Selector) get(device, "selector");
        for (String door : List.of("writableServerChannel", "readableServerChannel")) {
            ((ServerSocketChannel) get(device, door)).close();
        }
        selector.selectNow(); // forgets them
        set(device, "recvMap", new NoEntries());
        // As MPJ does it: what it reads from is watched by its selector, what it writes to blocks.
        prepare(outgoing, true);
        channels(device, "writableChannels").add(outgoing);
        prepare(incoming, false);
        incoming.register(selector, SelectionKey.OP_READ);
        channels(device, "readableChannels").add(incoming);
        return rank;
    }

    /** For messages larger than any of ours, whose memory a stranger could ask for. */
    private static final class NoEntries extends HashMap<Object, Object> {
        private static final long serialVersionUID = 1;

        @Override
        public Object put(Object key, Object value) {
            throw new IllegalStateException("a message of a kind that none of ours has");
        }
    }

    @SuppressWarnings("unchecked")
    private static Vector<SocketChannel> channels(Object device, String name) {
        return (Vector<SocketChannel>) get(device, name);
    }

    private static void prepare(SocketChannel channel, boolean blocking) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
        channel.configureBlocking(blocking);
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
        Object device = mpjdev.javampjdev.MPJDev.dev;
        Thread selector = (Thread) get(device, "selectorThreadStarter");
        selector.join();
    }

    @Override
    public synchronized void drop() {
        Object device = mpjdev.javampjdev.MPJDev.dev;
        if (device != null) {
            closeDevice(device);
        }
        ended = true;
        closeAll(outgoing, incoming); // which the device has not been given yet
        abandon(receiving);
        abandon(sending);
        Thread init = initialising;
        if (init != null) {
            init.interrupt();
        }
    }

    private static void closeDevice(Object device) {
        set(device, "selectorFlag", false);
        List<Object> open = new ArrayList<>();
        open.add(get(device, "writableServerChannel"));
        open.add(get(device, "readableServerChannel"));
        open.addAll(List.of(((Vector<?>) get(device, "writableChannels")).toArray()));
        open.addAll(List.of(((Vector<?>) get(device, "readableChannels")).toArray()));
        open.add(get(device, "selector")); // last: closing it releases the channels registered with it
        closeAll(open.toArray());
        // The selector thread dies with a semaphore in its hands if the peer dies in the middle of a message.
        signal(get(device, "sem"));
        signal(get(device, "sLock"));
        for (Object lock : ((Map<?, ?>) get(device, "writeLockTable")).values().toArray()) {
            signal(lock);
        }
        // Only then is it sure that nothing arrives any more.
        Thread selector = (Thread) get(device, "selectorThreadStarter");
        if (selector != null) {
            try {
                selector.join(TimeUnit.SECONDS.toMillis(2));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void closeAll(Object... open) {
        for (Object closeable : open) {
            if (closeable != null) {
                try {
                    ((Closeable) closeable).close();
                } catch (IOException e) {
                    // it is gone either way
                }
            }
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
            if (!(Boolean) call(pending, type, "isCompleted")) {
                abandoned.add(request);
                ((List<?>) get(pending, mpjdev.Request.class, "list")).clear();
                if (get(pending, type, "buffer") instanceof mpjbuf.Buffer buffer) {
                    mpjbuf.BufferFactory.destroy(buffer.getStaticBuffer());
                }
                call(pending, type, "notifyMe");
            }
        }
    }

    private static void signal(Object semaphore) {
        call(semaphore, semaphore.getClass(), "signal");
    }

    private static Object call(Object target, Class<?> declaring, String name) {
        try {
            Method method = declaring.getDeclaredMethod(name);
            method.setAccessible(true);
            return method.invoke(target);
        } catch (ReflectiveOperationException e) {
            throw other(e);
        }
    }

    private static Object get(Object device, String name) {
        return get(device, device.getClass(), name);
    }

    private static Object get(Object target, Class<?> declaring, String name) {
        try {
            return field(declaring, name).get(target);
        } catch (ReflectiveOperationException e) {
            throw other(e);
        }
    }

    private static void set(Object device, String name, Object value) {
        try {
            field(device.getClass(), name).set(device, value);
        } catch (ReflectiveOperationException e) {
            throw other(e);
        }
    }

    private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static IllegalStateException other(ReflectiveOperationException e) {
        return new IllegalStateException("not MPJ Express 0.44 on the class path: " + e.getMessage(), e);
    }
}

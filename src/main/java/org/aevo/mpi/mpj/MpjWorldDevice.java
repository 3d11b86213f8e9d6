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
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Vector;
import java.util.concurrent.TimeUnit;
import mpi.MPI;
import org.apache.log4j.Logger;

/**
 * MPJ's device as a world needs it: made over connections that are there already, and ended without anybody's consent.
 * By reflection, since MPJ offers neither. One for each world; without lambdas, each of which every world would link
 * anew.
 */
final class MpjWorldDevice {
    /** MPJ's own. */
    private static final int SOCKET_BUFFER = 524_288;

    private static final long JOIN_NANOSECONDS = TimeUnit.SECONDS.toNanos(2);

    private final int rank;
    private final List<SocketChannel> outgoing;
    private final List<SocketChannel> incoming;
    private final Optional<HashMap<Object, Object>> receives;

    /**
     * @param outgoing one to each other rank, in any order; blocking
     * @param incoming one from each other rank, in any order; blocking
     * @param receives where the device is to keep the receives that wait for a message, if that matters
     */
    MpjWorldDevice(
            int rank,
            List<SocketChannel> outgoing,
            List<SocketChannel> incoming,
            Optional<HashMap<Object, Object>> receives) {
        this.rank = rank;
        this.outgoing = outgoing;
        this.incoming = incoming;
        this.receives = receives;
    }

    int rank() {
        return rank;
    }

    int size() {
        return outgoing.size() + 1;
    }

    /**
     * {@code MPI.Init}: blocks until all ranks have done it.
     *
     * @param switchLimit bytes of a message above which MPJ would start a thread for it; no message may be larger
     * @throws IOException if there is no world
     */
    void init(int switchLimit) throws IOException {
        String[] argv = {
            Integer.toString(rank),
            "#Number of Processes;" + size() + ";#Protocol Switch Limit;" + switchLimit
                    + ";#Server Name;none;#Server Port;1",
            "niodev"
        };
        MpjWorldRendezvous.serve(this);
        try {
            // With a logger of its own, MPI.Init opens no log file, whatever MPJ_HOME's configuration says.
            field(MPI.class, "logger").set(null, Logger.getLogger("mpj"));
            MPI.Init(argv);
        } catch (Exception e) { // MPJ lets any exception of its device through, unchecked ones among them
            throw new IOException("MPJ could not make a world: " + e, e);
        }
        if (MPI.COMM_WORLD.Size() != size()) {
            throw new IOException("a world of " + MPI.COMM_WORLD.Size() + " ranks in place of " + size());
        }
    }

    /**
     * Gives MPJ's device its connections, and closes its doors; MPJ asks for that in the middle of {@code Init}, when its
     * thread for what arrives has not been started yet.
     */
    void connect() throws IOException {
        Object device = device();
        Selector selector = (Selector) get(device, "selector");
        for (String door : List.of("writableServerChannel", "readableServerChannel")) {
            ((ServerSocketChannel) get(device, door)).close();
        }
        selector.selectNow(); // forgets them
        set(device, "recvMap", new NoEntries());
        if (receives.isPresent()) {
            set(get(device, "recvQueue"), "map", receives.get());
        }
        // As MPJ does it: what it reads from is watched by its selector, what it writes to blocks.
        for (SocketChannel channel : outgoing) {
            prepare(channel, true);
            channels(device, "writableChannels").add(channel);
        }
        for (SocketChannel channel : incoming) {
            prepare(channel, false);
            channel.register(selector, SelectionKey.OP_READ);
            channels(device, "readableChannels").add(channel);
        }
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

    /** Waits for the end of the thread that takes in what arrives; there is one once {@link #init} has returned. */
    static void awaitEnd() throws InterruptedException {
        ((Thread) get(device(), "selectorThreadStarter")).join();
    }

    /**
     * Closes sockets and selector, those that the device has not been given yet too, and wakes who waits for a turn to
     * read or write. Nothing arrives any more after it.
     *
     * @return whether that is sure: false if the thread that takes in what arrives goes on in spite of it
     */
    boolean close() {
        Object device = device();
        boolean still = device == null || closeDevice(device);
        closeAll(outgoing.toArray());
        closeAll(incoming.toArray());
        return still;
    }

    private static boolean closeDevice(Object device) {
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
        Thread selector = (Thread) get(device, "selectorThreadStarter");
        return selector == null || selector == Thread.currentThread() || ends(selector);
    }

    /** Whoever waits here may be interrupted, and waits on: so short it is. */
    private static boolean ends(Thread thread) {
        boolean interrupted = false;
        long end = System.nanoTime() + JOIN_NANOSECONDS;
        while (thread.isAlive() && end - System.nanoTime() > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /**
     * Wakes the thread that waits for a request, with an error in place of what MPJ would do with the message; nothing if
     * the request has been completed.
     */
    static void end(mpjdev.Request request, MpjWorldEnd end) {
        Class<?> type = request.getClass().getSuperclass();
        synchronized (request) {
            if (!(Boolean) call(request, type, "isCompleted")) {
                set(request, mpjdev.Request.class, "list", new LinkedList<>(List.of(end)));
                call(request, type, "notifyMe");
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

    private static Object device() {
        return mpjdev.javampjdev.MPJDev.dev;
    }

    private static void signal(Object semaphore) {
        call(semaphore, semaphore.getClass(), "signal");
    }

    static Object call(Object target, Class<?> declaring, String name) {
        try {
            Method method = declaring.getDeclaredMethod(name);
            method.setAccessible(true);
            return method.invoke(target);
        } catch (ReflectiveOperationException e) {
            throw other(e);
        }
    }

    private static Object get(Object target, String name) {
        return get(target, target.getClass(), name);
    }

    static Object get(Object target, Class<?> declaring, String name) {
        try {
            return field(declaring, name).get(target);
        } catch (ReflectiveOperationException e) {
            throw other(e);
        }
    }

    private static void set(Object target, String name, Object value) {
        set(target, target.getClass(), name, value);
    }

    private static void set(Object target, Class<?> declaring, String name, Object value) {
        try {
            field(declaring, name).set(target, value);
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

package org.aevo.mpi.mpj;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
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

    private volatile boolean ended;
    private volatile Thread initialising;
    private volatile Request sending;
    private volatile Request receiving;
    private final Set<Request> abandoned = ConcurrentHashMap.newKeySet();
    private volatile int peer;

    /** Called by {@link WorldFactory}. */
    public MpjWorld() {}

    @Override
    public void init(String... argv) throws IOException {
        initialising = Thread.currentThread();
        try {
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

    @Override
    public void shut() throws IOException {
        Object device = mpjdev.javampjdev.MPJDev.dev;
        boolean first = (Integer) get(device, "rank") == 0;
        Selector selector = (Selector) get(device, "selector");
        for (ServerSocketChannel door : doors(device)) {
            door.keyFor(selector).cancel();
            if (!first) {
                door.close();
            }
        }
        selector.selectNow(); // forgets them; MPJ's thread for it has not been started yet
        if (first) {
            for (ServerSocketChannel door : doors(device)) {
                door.configureBlocking(true);
            }
        }
    }

    private static List<ServerSocketChannel> doors(Object device) {
        return List.of((ServerSocketChannel) get(device, "writableServerChannel"), (ServerSocketChannel)
                get(device, "readableServerChannel"));
    }

    /** Connections that take what is sent by the application, and those that bring what is received. */
    private static List<Vector<SocketChannel>> connections(Object device) {
        return List.of(channels(device, "writableChannels"), channels(device, "readableChannels"));
    }

    @SuppressWarnings("unchecked")
    private static Vector<SocketChannel> channels(Object device, String name) {
        return (Vector<SocketChannel>) get(device, name);
    }

    @Override
    public int[] doorsteps(long milliseconds) throws IOException, InterruptedException {
        List<Vector<SocketChannel>> connections = connections(mpjdev.javampjdev.MPJDev.dev);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        while (connections.get(0).isEmpty() || connections.get(1).isEmpty()) {
            if (ended || System.nanoTime() > deadline) {
                throw new IOException("no connection to MPJ's ports of the other side");
            }
            Thread.sleep(1);
        }
        int[] ports = new int[connections.size()];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = connections.get(i).get(0).socket().getLocalPort();
        }
        return ports;
    }

    @Override
    public int admit(InetAddress peer, int[] doorsteps, long milliseconds) throws IOException {
        Object device = mpjdev.javampjdev.MPJDev.dev;
        List<InetSocketAddress> expected = new ArrayList<>();
        for (int port : doorsteps) {
            expected.add(new InetSocketAddress(peer, port));
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        int strangers = 0;
        for (int i = 0; i < expected.size(); i++) {
            try (ServerSocketChannel door = doors(device).get(i)) {
                SocketChannel caller = answer(door, deadline);
                while (!expected.contains(caller.getRemoteAddress())) {
                    caller.close();
                    strangers++;
                    caller = answer(door, deadline);
                }
                // As MPJ does it: what it reads from is watched by its selector, what it writes to blocks.
                enter(device, caller, connections(device).get(i), i == 0);
            }
        }
        return strangers;
    }

    private static SocketChannel answer(ServerSocketChannel door, long deadline) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        door.socket().setSoTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, left)));
        return door.socket().accept().getChannel();
    }

    private static void enter(Object device, SocketChannel caller, Vector<SocketChannel> connections, boolean blocking)
            throws IOException {
        caller.setOption(StandardSocketOptions.TCP_NODELAY, true);
        caller.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
        caller.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
        caller.configureBlocking(blocking);
        synchronized (connections) {
            connections.add(caller);
            if (!blocking) {
                Selector selector = (Selector) get(device, "selector");
                caller.register(selector, SelectionKey.OP_READ);
                selector.wakeup();
            }
            connections.notifyAll();
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
        open.add(get(device, "clientSock"));
        open.add(get(device, "selector")); // last: closing it releases the channels registered with it
        for (Object closeable : open) {
            if (closeable != null) {
                try {
                    ((Closeable) closeable).close();
                } catch (IOException e) {
                    // it is gone either way
                }
            }
        }
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

    private static void set(Object device, String name, boolean value) {
        try {
            field(device.getClass(), name).setBoolean(device, value);
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

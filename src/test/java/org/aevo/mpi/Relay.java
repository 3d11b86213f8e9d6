package org.aevo.mpi;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sits between workers and their master, and knows how they talk but not the run's secret: passes their joins through, and
 * does what it likes to what they say over MPJ afterwards.
 */
public final class Relay implements Closeable {
    /** MPJ's header of a message: kind, sender, tag, and two lengths, of which the second is 0 here. */
    private static final int HEADER_BYTES = 4 + 77;

    private static final int LENGTH_AT = 4 + 16 + 4;
    /** MPJ's introduction of the two ranks, on each connection, in each direction. */
    private static final int INTRODUCTION_BYTES = 24;

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int master;
    private final Map<Byte, Mischief> mischief = new ConcurrentHashMap<>();
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
    private final ByteArrayOutputStream overheard = new ByteArrayOutputStream();
    private final List<byte[]> greetings = Collections.synchronizedList(new ArrayList<>());

    /** What it does to the messages of one direction. */
    @FunctionalInterface
    interface Mischief {
        /**
         * @param number of the message, from 0, which is the first frame
         * @param message as MPJ sends it, its header first
         * @param on to where it was going
         */
        void on(int number, byte[] message, OutputStream on) throws IOException;
    }

    /** Where a frame begins in a message of MPJ: behind its header and that of its one section. */
    static final int FRAME_AT = HEADER_BYTES + 8;

    /** One that spoils everything that its worker says from some message on. */
    public static Relay spoiling(int master, int from) throws IOException {
        Relay relay = new Relay(master);
        relay.to(Direction.FROM_WORKER, (number, message, on) -> {
            if (number >= from) {
                message[message.length - 1] ^= 1;
            }
            on.write(message);
        });
        return relay;
    }

    Relay(int master) throws IOException {
        this.master = master;
        daemon(() -> {
            while (true) {
                Socket worker = door.accept();
                daemon(() -> pass(worker));
            }
        });
    }

    /** Where workers find it. */
    public int port() {
        return door.getLocalPort();
    }

    /** From the next join on. */
    void to(Direction direction, Mischief what) {
        mischief.put(direction.purpose(), what);
    }

    /** What workers said first. */
    List<byte[]> greetings() {
        return greetings;
    }

    /** What workers said on their first connections. */
    byte[] joins() {
        synchronized (overheard) {
            return overheard.toByteArray();
        }
    }

    private interface Body {
        void run() throws IOException;
    }

    private static void daemon(Body body) {
        Thread thread = new Thread(() -> {
            try {
                body.run();
            } catch (IOException e) {
                // one of them has gone
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void pass(Socket worker) throws IOException {
        Socket onward = new Socket(InetAddress.getLoopbackAddress(), master);
        sockets.add(worker);
        sockets.add(onward);
        byte[] greeting = worker.getInputStream().readNBytes(Greeting.BYTES);
        greetings.add(greeting);
        onward.getOutputStream().write(greeting);
        byte purpose = greeting[Greeting.HEADER_BYTES];
        if (purpose == Greeting.JOIN) {
            synchronized (overheard) {
                overheard.writeBytes(greeting);
            }
            daemon(() -> pump(onward, worker, false));
            pump(worker, onward, true);
            return;
        }
        boolean fromMaster = purpose == Greeting.FROM_MASTER;
        Socket speaks = fromMaster ? onward : worker;
        Socket hears = fromMaster ? worker : onward;
        daemon(() -> pump(hears, speaks, false));
        Mischief what = mischief.get(purpose);
        if (what == null) {
            pump(speaks, hears, false);
        } else {
            meddle(speaks, hears, what);
        }
    }

    private void meddle(Socket from, Socket to, Mischief what) throws IOException {
        DataInputStream in = new DataInputStream(from.getInputStream());
        try (from;
                to) {
            to.getOutputStream().write(in.readNBytes(INTRODUCTION_BYTES));
            for (int number = 0; ; number++) {
                byte[] header = new byte[HEADER_BYTES];
                in.readFully(header);
                int length = java.nio.ByteBuffer.wrap(header).getInt(LENGTH_AT);
                byte[] message = java.util.Arrays.copyOf(header, HEADER_BYTES + length);
                in.readFully(message, HEADER_BYTES, length);
                what.on(number, message, to.getOutputStream());
            }
        } catch (EOFException e) {
            // the end
        }
    }

    private void pump(Socket from, Socket to, boolean listen) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (listen) {
                    synchronized (overheard) {
                        overheard.write(buffer, 0, n);
                    }
                }
                out.write(buffer, 0, n);
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}

package org.aevo.mpi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.aevo.codec.MalformedDataException;
import org.aevo.mpi.mpj.World;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link over a world of its own. Three threads: one sends what the calling thread cannot, since MPJ blocks while a
 * stopped peer's socket is full; one waits in MPJ's receive and tells the listener; one waits for the end of MPJ's
 * device, since neither of the others is woken by it.
 */
final class WorldLink implements Link {
    /** How long {@link #close} waits for what is queued to leave, and again for the peer to let go. */
    private static final long CLOSE_NANOSECONDS = TimeUnit.SECONDS.toNanos(2);

    private static final long SMALL_STACK = 256 << 10;
    private static final long DEFAULT_STACK = 0;
    private static final Logger LOG = LoggerFactory.getLogger(WorldLink.class);

    private final int number;
    private final String peer;
    private final SealedWorld world;
    private final int maxMessageBytes;
    private final LinkListener listener;
    private final Consumer<Link> ended;
    private final Outbox outbox = new Outbox();
    private final AtomicLong messagesReceived = new AtomicLong();
    private final AtomicLong bytesReceived = new AtomicLong();
    private final Thread sender;
    private final Thread receiver;
    private final Thread watcher;

    private enum State {
        OPEN,
        CLOSING,
        ENDED
    }

    private State state = State.OPEN;
    private Optional<String> lost = Optional.empty();

    /**
     * @param ended called once, when everything of the link has been freed and nothing more arrives
     */
    WorldLink(
            int number,
            String peer,
            SealedWorld world,
            int maxMessageBytes,
            LinkListener listener,
            Consumer<Link> ended) {
        this.number = number;
        this.peer = peer;
        this.world = world;
        this.maxMessageBytes = maxMessageBytes;
        this.listener = listener;
        this.ended = ended;
        this.sender = thread(this::sendAll, "mpi-send-", SMALL_STACK);
        this.receiver = thread(this::receiveAll, "mpi-receive-", DEFAULT_STACK);
        this.watcher = thread(this::watch, "mpi-watch-", SMALL_STACK);
    }

    private Thread thread(Runnable body, String name, long stack) {
        Thread thread = new Thread(null, body, name + number, stack);
        thread.setDaemon(true);
        return thread;
    }

    /** Tells the listener of the link, then lets messages through. */
    void start() {
        tell(new LinkEvent.Joined(this));
        sender.start();
        receiver.start();
        watcher.start();
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public void send(Message message) {
        send(message, true);
    }

    @Override
    public void post(Message message) {
        send(message, false);
    }

    private void send(Message message, boolean atOnce) {
        if (!isOpen()) {
            return;
        }
        byte[] bytes = WireFormat.encode(message);
        if (bytes.length > maxMessageBytes) {
            throw new IllegalArgumentException("a " + message.getClass().getSimpleName() + " of " + bytes.length
                    + " bytes; the limit is " + maxMessageBytes);
        }
        if (atOnce && outbox.claim(bytes.length)) {
            outbox.release(sendNow(bytes));
        } else {
            outbox.add(bytes);
        }
    }

    /** Spares a small message the way through the sending thread, which would be woken for it. */
    private Optional<IOException> sendNow(byte[] message) {
        int length = Outbox.FIRST_BYTES + message.length;
        byte[] frame = new byte[length + FrameMac.BYTES];
        ByteBuffer.wrap(frame).put(Frames.FIRST).putInt(message.length).put(message);
        try {
            world.send(frame, length);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        } catch (RuntimeException | Error e) { // direct memory exhausted, most likely
            LOG.warn("{}: sending failed", this, e);
            return Optional.of(new IOException(e.toString(), e));
        }
    }

    @Override
    public synchronized boolean isOpen() {
        return state == State.OPEN;
    }

    @Override
    public Traffic traffic() {
        return outbox.traffic().plus(new Traffic(0, 0, messagesReceived.get(), bytesReceived.get()));
    }

    @Override
    public void close() {
        boolean first;
        synchronized (this) {
            if (state == State.ENDED) {
                return;
            }
            first = state == State.OPEN;
            state = State.CLOSING;
        }
        if (!first) {
            awaitOther();
            return;
        }
        outbox.finish();
        boolean fromListener = Thread.currentThread() == receiver;
        try {
            outbox.awaitEnd(CLOSE_NANOSECONDS);
            if (!fromListener) {
                // The peer lets go when it has read everything; closing first could take from it what is on its way.
                TimeUnit.NANOSECONDS.timedJoin(watcher, CLOSE_NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end("closed");
    }

    /** Another thread is closing it. */
    private void awaitOther() {
        if (Thread.currentThread() != receiver && Thread.currentThread() != watcher) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(watcher, 2 * CLOSE_NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Frees everything; what was the first reason stays it. */
    private void end(String reason) {
        synchronized (this) {
            if (state == State.OPEN) {
                lost = Optional.of(reason);
            }
            state = State.ENDED;
        }
        outbox.stop();
        world.drop();
    }

    private void watch() {
        try {
            world.awaitEnd();
            end("the connection to " + peer + " has ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendAll() {
        byte[] bytes = new byte[World.MAX_BYTES];
        ByteBuffer frame = ByteBuffer.wrap(bytes, 0, SealedWorld.MAX_BYTES).slice();
        try {
            for (int length = outbox.next(frame); length > 0; length = outbox.next(frame)) {
                world.send(bytes, length);
            }
        } catch (IOException e) {
            end("sending to " + peer + " failed: " + e.getMessage());
        } catch (RuntimeException | Error e) { // direct memory exhausted, most likely
            LOG.warn("{}: sending failed", this, e);
            end("sending to " + peer + " failed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receiveAll() {
        byte[] bytes = new byte[World.MAX_BYTES];
        MessageAssembly assembly = new MessageAssembly(maxMessageBytes);
        try {
            while (take(ByteBuffer.wrap(bytes, 0, world.receive(bytes)), assembly)) {
                // next
            }
        } catch (MalformedDataException e) {
            end(peer + " sent what it must not: " + e.getMessage());
        } catch (ChangedFramesException e) {
            end("frames from " + peer + " were changed on their way");
        } catch (IOException e) {
            end("the connection to " + peer + " has ended");
        } catch (RuntimeException | Error e) { // a message larger than the heap, most likely
            LOG.warn("{}: receiving failed", this, e);
            end("taking in a message of " + peer + " failed: " + e);
        }
        ended.accept(this);
        lostReason().ifPresent(reason -> tell(new LinkEvent.Lost(this, reason)));
    }

    private synchronized Optional<String> lostReason() {
        return lost;
    }

    /** Takes a frame; false if it was the last one. */
    private boolean take(ByteBuffer frame, MessageAssembly assembly) throws MalformedDataException {
        int size = frame.remaining();
        byte kind = size == 0 ? 0 : frame.get();
        switch (kind) {
            case Frames.FIRST, Frames.MORE -> {
                Optional<byte[]> message = assembly.take(kind, frame);
                outbox.owe(size);
                if (message.isPresent()) {
                    arrived(message.get());
                }
            }
            case Frames.SEVERAL -> {
                while (frame.hasRemaining()) {
                    arrived(assembly.whole(frame));
                }
                outbox.owe(size);
            }
            case Frames.CONFIRM -> {
                if (frame.remaining() != 2 * Integer.BYTES) {
                    throw new MalformedDataException("a confirmation of " + size + " bytes");
                }
                outbox.confirm(frame.getInt(), frame.getInt());
            }
            case Frames.GOODBYE -> {
                end(peer + " has closed the connection");
                return false;
            }
            default -> throw new MalformedDataException("a frame of kind " + kind);
        }
        return true;
    }

    private void arrived(byte[] bytes) throws MalformedDataException {
        Message message = WireFormat.decode(bytes);
        messagesReceived.incrementAndGet();
        bytesReceived.addAndGet(bytes.length);
        if (isOpen() || lostReason().isPresent()) {
            tell(new LinkEvent.Received(this, message));
        }
    }

    private void tell(LinkEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException e) {
            LOG.error("{}: the listener failed", this, e);
        }
    }

    @Override
    public String toString() {
        return "link " + number + " (" + peer + ")";
    }
}

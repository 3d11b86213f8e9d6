package org.aevo.mpi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What is to be sent over one link: whole messages in, frames out. One thread at a time sends: the link's own, which
 * takes frames with {@link #next}, or whoever has claimed the right to send a small message past it.
 *
 * <p>At most {@link #WINDOW} bytes are under way that the peer has not confirmed. Without that bound, MPJ's selector
 * thread would take everything into direct memory that the receiving thread has not come to yet.
 */
final class Outbox {
    static final int WINDOW = 1 << 20;

    /** So little is under way that it fits the sockets' buffers, even if a stopped peer reads none of it. */
    static final int EASY_BYTES = 60_000;

    static final int EASY_FRAMES = 64;
    /** A message claimed has this before it, as its first frame has. */
    static final int FIRST_BYTES = 1 + Integer.BYTES;

    private final Deque<byte[]> messages = new ArrayDeque<>();
    /** Of the first message, what has been sent. */
    private int offset;

    private long unconfirmed;
    private int unconfirmedFrames;
    private int owed;
    private int owedFrames;
    /** Somebody is sending. */
    private boolean taken;
    /** It is the link's own thread. */
    private boolean mine;

    private Optional<IOException> failure = Optional.empty();
    private boolean finishing;
    private boolean goodbye;
    private boolean stopped;
    private long messagesSent;
    private long bytesSent;

    /** Appends a message, unless the box takes no more. */
    synchronized void add(byte[] message) {
        if (!finishing && !stopped) {
            messages.add(message);
            notifyAll();
        }
    }

    /**
     * The right to send a message of this length as one frame, at once and without blocking. Whoever gets it sends and
     * then calls {@link #release}.
     *
     * @return false if it must be added: others come before it, or too much is under way
     */
    synchronized boolean claim(int length) {
        if (taken || finishing || stopped || !messages.isEmpty() || failure.isPresent()) {
            return false;
        }
        int bytes = FIRST_BYTES + length;
        if (unconfirmed + bytes > EASY_BYTES || unconfirmedFrames >= EASY_FRAMES) {
            return false;
        }
        taken = true;
        unconfirmed += bytes;
        unconfirmedFrames++;
        messagesSent++;
        bytesSent += length;
        return true;
    }

    /** What was claimed has been sent, or could not be. */
    synchronized void release(Optional<IOException> problem) {
        taken = false;
        failure = problem;
        if (problem.isPresent() || finishing || stopped || !messages.isEmpty() || isDue()) {
            notifyAll();
        }
    }

    /** A frame of the peer has been taken in: to be confirmed. */
    synchronized void owe(int bytes) {
        owed += bytes;
        owedFrames++;
        if (isDue()) {
            notifyAll();
        }
    }

    private boolean isDue() {
        return owed >= WINDOW / 4 || owedFrames >= EASY_FRAMES / 2;
    }

    /** The peer has taken frames in. */
    synchronized void confirm(int bytes, int frames) {
        unconfirmed -= bytes;
        unconfirmedFrames -= frames;
        if (!messages.isEmpty()) {
            notifyAll();
        }
    }

    /** After what is queued comes the goodbye. */
    synchronized void finish() {
        finishing = true;
        notifyAll();
    }

    /** Nothing more is sent, what is queued is forgotten. */
    synchronized void stop() {
        stopped = true;
        messages.clear();
        notifyAll();
    }

    /** Waits until the goodbye is out or the box was stopped. */
    synchronized void awaitEnd(long nanoseconds) throws InterruptedException {
        long end = System.nanoTime() + nanoseconds;
        while (!goodbye && !stopped) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    synchronized Link.Traffic traffic() {
        return new Link.Traffic(messagesSent, bytesSent, 0, 0);
    }

    /**
     * Waits for something to send; what it returned before has been sent.
     *
     * @return the length of the frame written into the buffer, 0 if there will be none any more
     * @throws IOException if a claimed message could not be sent
     */
    synchronized int next(ByteBuffer frame) throws InterruptedException, IOException {
        if (mine) {
            taken = false;
            mine = false;
        }
        while (true) {
            frame.clear();
            if (failure.isPresent()) {
                throw failure.get();
            }
            if (stopped || goodbye) {
                return 0;
            }
            if (!taken && compose(frame)) {
                taken = true;
                mine = true;
                return frame.position();
            }
            wait();
        }
    }

    /** Writes the next frame, if there is one to be sent now. */
    private boolean compose(ByteBuffer frame) {
        if (isDue()) {
            frame.put(Frames.CONFIRM).putInt(owed).putInt(owedFrames);
            owed = 0;
            owedFrames = 0;
            return true;
        }
        byte[] message = messages.peek();
        if (message != null && unconfirmed < WINDOW) {
            if (!several(frame)) {
                piece(message, frame);
            }
            unconfirmed += frame.position();
            unconfirmedFrames++;
            return true;
        }
        if (message == null && finishing) {
            goodbye = true;
            frame.put(Frames.GOODBYE);
            notifyAll();
            return true;
        }
        return false;
    }

    /** As many whole messages as fit, if there are two of them. */
    private boolean several(ByteBuffer frame) {
        if (offset > 0 || messages.size() < 2) {
            return false;
        }
        int fitting = 0;
        int left = frame.remaining() - 1;
        for (byte[] message : messages) {
            left -= Integer.BYTES + message.length;
            if (left < 0) {
                break;
            }
            fitting++;
        }
        if (fitting < 2) {
            return false;
        }
        frame.put(Frames.SEVERAL);
        for (; fitting > 0; fitting--) {
            byte[] message = messages.remove();
            frame.putInt(message.length).put(message);
            messagesSent++;
            bytesSent += message.length;
        }
        return true;
    }

    private void piece(byte[] message, ByteBuffer frame) {
        if (offset == 0) {
            frame.put(Frames.FIRST).putInt(message.length);
        } else {
            frame.put(Frames.MORE);
        }
        int length = Math.min(message.length - offset, frame.remaining());
        frame.put(message, offset, length);
        offset += length;
        if (offset == message.length) {
            messages.remove();
            offset = 0;
            messagesSent++;
            bytesSent += message.length;
        }
    }
}

package org.aevo.mpi;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * What is to be sent over one link: whole messages in, frames out.
 *
 * <p>At most {@link #WINDOW} bytes are under way that the peer has not confirmed. Without that bound, MPJ's selector
 * thread would take everything into direct memory that the receiving thread has not come to yet.
 */
final class Outbox {
    static final int WINDOW = 1 << 20;

    private final Deque<byte[]> messages = new ArrayDeque<>();
    /** Of the first message, what has been sent. */
    private int offset;

    private long unconfirmed;
    private int owed;
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

    /** A frame of the peer has been taken in: to be confirmed. */
    synchronized void owe(int bytes) {
        owed += bytes;
        if (owed >= WINDOW / 4) {
            notifyAll();
        }
    }

    /** The peer has taken frames in. */
    synchronized void confirm(int bytes) {
        unconfirmed -= bytes;
        notifyAll();
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
     * Waits for something to send.
     *
     * @return the length of the frame written into the buffer, 0 if there will be none any more
     */
    synchronized int next(ByteBuffer frame) throws InterruptedException {
        while (true) {
            frame.clear();
            if (stopped || goodbye) {
                return 0;
            }
            if (owed >= WINDOW / 4) {
                frame.put(Frames.CONFIRM).putInt(owed);
                owed = 0;
                return frame.position();
            }
            byte[] message = messages.peek();
            if (message != null && unconfirmed < WINDOW) {
                return piece(message, frame);
            }
            if (message == null && finishing) {
                goodbye = true;
                frame.put(Frames.GOODBYE);
                notifyAll();
                return frame.position();
            }
            wait();
        }
    }

    private int piece(byte[] message, ByteBuffer frame) {
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
        unconfirmed += frame.position();
        return frame.position();
    }
}

package org.aevo.mpi.mpj;

import java.util.concurrent.atomic.AtomicLong;
import mpjbuf.BufferFactory;
import mpjbuf.NIOBuffer;
import mpjbuf.RawBuffer;

/**
 * Where MPJ's device has its buffers from ({@link WorldClassLoader} puts this in the place of {@code BufferFactory}). A
 * message's header says how much memory it wants, and comes from whoever is on the way, who could send any number of
 * messages that nobody receives: more than ours need ends the device.
 */
public final class MpjWorldBuffers {
    private static final int LARGEST = 2 * World.MAX_BYTES;
    /** Of one world at a time; several times what the peer may send before it is confirmed. */
    private static final long MOST = 8 << 20;

    private static final AtomicLong HELD = new AtomicLong();

    private MpjWorldBuffers() {}

    /** Called by MPJ. */
    public static RawBuffer create(int size) {
        if (size < 0 || size > LARGEST || HELD.get() > MOST) {
            throw new IllegalArgumentException(
                    "a message of " + size + " bytes, beside " + HELD + " that nobody has received");
        }
        RawBuffer buffer = BufferFactory.create(size);
        HELD.addAndGet(capacity(buffer));
        return buffer;
    }

    /** Called by MPJ. */
    public static void destroy(RawBuffer buffer) {
        HELD.addAndGet(-capacity(buffer));
        BufferFactory.destroy(buffer);
    }

    private static int capacity(RawBuffer buffer) {
        return ((NIOBuffer) buffer).getBuffer().capacity();
    }
}

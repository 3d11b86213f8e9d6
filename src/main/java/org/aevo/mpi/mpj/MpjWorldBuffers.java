package org.aevo.mpi.mpj;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import mpjbuf.BufferFactory;
import mpjbuf.NIOBuffer;
import mpjbuf.RawBuffer;

/**
 * Where a world's MPJ has its buffers from ({@link WorldClassLoader} puts this in the place of {@code BufferFactory},
 * whose pool all worlds share). A message's header says how much memory it wants, and comes from whoever is on the way,
 * who could send any number of messages that nobody receives: more than ours need ends the device. And it is known what a
 * world holds when it ends, in the middle of something most likely: MPJ would never give that back.
 */
public final class MpjWorldBuffers {
    private static final Set<RawBuffer> HELD = Collections.newSetFromMap(new IdentityHashMap<>());
    private static long bytes;
    private static int largest;
    private static long most;

    private MpjWorldBuffers() {}

    /**
     * Sets the bounds.
     *
     * @param largest bytes of a buffer
     * @param most bytes of all that are held when another one is wanted
     */
    static synchronized void allow(int largest, long most) {
        MpjWorldBuffers.largest = largest;
        MpjWorldBuffers.most = most;
    }

    /** Called by MPJ. */
    public static synchronized RawBuffer create(int size) {
        if (size < 0 || size > largest || bytes > most) {
            throw new IllegalArgumentException(
                    "a message of " + size + " bytes, beside " + bytes + " that nobody has received");
        }
        RawBuffer buffer = BufferFactory.create(size);
        HELD.add(buffer);
        bytes += capacity(buffer);
        return buffer;
    }

    /** Called by MPJ. */
    public static synchronized void destroy(RawBuffer buffer) {
        if (HELD.remove(buffer)) { // else the world has ended, and it may be another one's by now
            bytes -= capacity(buffer);
            BufferFactory.destroy(buffer);
        }
    }

    /** Gives back what is held. Nothing of the world may be at work any more. */
    static synchronized void destroyAll() {
        for (RawBuffer buffer : HELD.toArray(new RawBuffer[0])) {
            destroy(buffer);
        }
    }

    private static int capacity(RawBuffer buffer) {
        return ((NIOBuffer) buffer).getBuffer().capacity();
    }
}

package org.aevo.mpi.mpj;

import mpjbuf.BufferFactory;
import mpjbuf.RawBuffer;

/**
 * Where MPJ's device has its buffers from ({@link WorldClassLoader} puts this in the place of {@code BufferFactory}). A
 * message's header says how much memory it wants, and comes from whoever is on the way: more than any of ours needs ends
 * the device.
 */
public final class MpjWorldBuffers {
    private static final int MOST = 2 * World.MAX_BYTES;

    private MpjWorldBuffers() {}

    /** Called by MPJ. */
    public static RawBuffer create(int size) {
        if (size < 0 || size > MOST) {
            throw new IllegalArgumentException("a message of " + size + " bytes");
        }
        return BufferFactory.create(size);
    }

    /** Called by MPJ. */
    public static void destroy(RawBuffer buffer) {
        BufferFactory.destroy(buffer);
    }
}

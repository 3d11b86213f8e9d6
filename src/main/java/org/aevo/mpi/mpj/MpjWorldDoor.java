package org.aevo.mpi.mpj;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where MPJ's device opens its two server sockets ({@link WorldClassLoader} puts this in the place of {@code
 * InetSocketAddress}): on a free port of the loopback interface, whatever port it asks for, on all interfaces. Nobody is
 * let in there: they are closed before MPJ looks at them.
 */
public final class MpjWorldDoor extends InetSocketAddress {
    private static final long serialVersionUID = 1;

    /**
     * Called by MPJ, which tries for ever.
     *
     * @throws IllegalStateException if the world has been dropped meanwhile
     */
    public MpjWorldDoor(int port) {
        super(InetAddress.getLoopbackAddress(), 0);
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("no port for MPJ's device");
        }
    }
}

package org.aevo.mpi;

import java.net.InetAddress;
import java.time.Duration;

/**
 * How a master listens.
 *
 * @param bind address to bind: loopback for a run on one host, the wildcard address for a cluster
 * @param port to bind, 0 for a free one in 20000-24999 (below the ephemeral ports)
 * @param joinTimeout for each step of a join, the making of the MPJ world included
 * @param maxJoining worlds that are made at a time; further workers wait their turn
 * @param maxMessageBytes a larger message is refused before memory is taken for it
 */
public record MasterOptions(InetAddress bind, int port, Duration joinTimeout, int maxJoining, int maxMessageBytes) {
    /** 1 GiB. */
    public static final int DEFAULT_MAX_MESSAGE_BYTES = 1 << 30;

    public MasterOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is 0 to 65535, was " + port);
        }
        if (joinTimeout.isNegative() || joinTimeout.isZero()) {
            throw new IllegalArgumentException("the join time-out must be positive, was " + joinTimeout);
        }
        if (maxJoining < 1) {
            throw new IllegalArgumentException("at least 1 join at a time, was " + maxJoining);
        }
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("a message limit is positive, was " + maxMessageBytes);
        }
    }

    /** For workers on this host only. */
    public static MasterOptions loopback() {
        return on(InetAddress.getLoopbackAddress());
    }

    /** For workers on any host. */
    public static MasterOptions allInterfaces() {
        return on(new java.net.InetSocketAddress(0).getAddress());
    }

    private static MasterOptions on(InetAddress bind) {
        return new MasterOptions(bind, 0, Duration.ofSeconds(120), 32, DEFAULT_MAX_MESSAGE_BYTES);
    }

    public MasterOptions withPort(int port) {
        return new MasterOptions(bind, port, joinTimeout, maxJoining, maxMessageBytes);
    }

    public MasterOptions withJoinTimeout(Duration joinTimeout) {
        return new MasterOptions(bind, port, joinTimeout, maxJoining, maxMessageBytes);
    }

    public MasterOptions withMaxMessageBytes(int maxMessageBytes) {
        return new MasterOptions(bind, port, joinTimeout, maxJoining, maxMessageBytes);
    }
}

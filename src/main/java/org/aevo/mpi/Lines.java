package org.aevo.mpi;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The two connections that become a world's, made by the one who came, once both sides have proved the secret. */
final class Lines {
    /** The guest's word that it has made its connections, and the host's that it has taken them. */
    static final String MADE = "made";

    static final String TAKEN = "taken";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private Lines() {}

    /**
     * Makes two more connections to where the first one leads.
     *
     * @param first over which the sides have proved the secret
     * @param host where it leads
     * @return one for each {@link Direction}, in their order
     */
    static List<SocketChannel> open(JoinConnection first, SocketAddress host, SessionKeys keys) throws IOException {
        List<SocketChannel> lines = new ArrayList<>();
        try {
            for (Direction direction : Direction.values()) {
                lines.add(SocketChannel.open());
                greet(lines.get(lines.size() - 1), host, direction, keys, first.deadline());
            }
            first.write(keys.token(MADE));
            first.expect(keys.token(TAKEN), "word that the connections are taken");
            return lines;
        } catch (IOException | RuntimeException e) {
            for (SocketChannel line : lines) {
                line.close();
            }
            throw e;
        }
    }

    /** Makes a connection, and says what it is for. */
    private static void greet(
            SocketChannel line, SocketAddress host, Direction direction, SessionKeys keys, Deadline deadline)
            throws IOException {
        line.socket().connect(host, deadline.orIn(CONNECT_TIMEOUT).milliseconds("connection"));
        line.setOption(StandardSocketOptions.TCP_NODELAY, true);
        ByteBuffer greeting = Greeting.of(direction.purpose(), keys.id(), direction.token(keys))
                .flip();
        while (greeting.hasRemaining()) {
            line.write(greeting);
        }
    }
}

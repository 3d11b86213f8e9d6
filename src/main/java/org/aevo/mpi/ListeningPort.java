package org.aevo.mpi;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.ThreadLocalRandom;

/** Ports to listen on: below those that systems give to connections. */
final class ListeningPort {
    private static final int FIRST = 20_000;
    private static final int LAST = 24_999;
    private static final int BACKLOG = 512;

    private ListeningPort() {}

    /**
     * Listens.
     *
     * @param address of an interface, or the wildcard address
     * @param port 0 for a free one in 20000-24999
     * @throws IOException if the port, or none, can be had
     */
    static ServerSocketChannel bind(InetAddress address, int port) throws IOException {
        if (port != 0) {
            return listen(address, port);
        }
        int ports = LAST - FIRST + 1;
        int first = ThreadLocalRandom.current().nextInt(ports);
        BindException last = new BindException();
        for (int i = 0; i < ports; i++) {
            try {
                return listen(address, FIRST + (first + i) % ports);
            } catch (BindException e) {
                last = e;
            }
        }
        throw new IOException("no free port in " + FIRST + "-" + LAST + ": " + last.getMessage(), last);
    }

    private static ServerSocketChannel listen(InetAddress address, int port) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.socket().setReuseAddress(true);
            server.bind(new InetSocketAddress(address, port), BACKLOG);
            return server;
        } catch (IOException e) {
            server.close();
            BindException named = new BindException(
                    "cannot listen on " + address.getHostAddress() + ":" + port + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }
}

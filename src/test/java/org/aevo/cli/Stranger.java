package org.aevo.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What else there is on a network: knocks at every port of a host from 25000 to 40000 and at one more, again and again,
 * and says there what does not belong there, or nothing. Prints at how many doors somebody answered.
 */
final class Stranger {
    private static final int FIRST = 25_000;
    private static final int LAST = 40_000;
    private static final int AT_ONCE = 300;

    private final String host;
    private final int known;
    private final Random random = new Random(5);
    private final List<SocketChannel> open = new ArrayList<>();
    private int answered;

    private Stranger(String host, int known) {
        this.host = host;
        this.known = known;
    }

    /** HOST PORT SECONDS. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Stranger stranger = new Stranger(arguments[0], Integer.parseInt(arguments[1]));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Integer.parseInt(arguments[2]));
        for (int sweeps = 1; System.nanoTime() < end; sweeps++) {
            stranger.sweep();
            System.out.println("sweep " + sweeps + " of " + stranger.host + ": " + stranger.answered + " answered");
        }
    }

    private void sweep() throws IOException, InterruptedException {
        for (int port = FIRST; port <= LAST; port += AT_ONCE) {
            try (Selector selector = Selector.open()) {
                for (int p = port; p < Math.min(LAST + 1, port + AT_ONCE); p++) {
                    knock(p, selector);
                }
                knock(known, selector);
                long patience = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
                while (selector.keys().stream().anyMatch(SelectionKey::isValid) && System.nanoTime() < patience) {
                    selector.select(this::speak, 20);
                }
                for (SelectionKey unanswered : selector.keys()) {
                    unanswered.channel().close();
                }
            }
        }
        for (SocketChannel channel : open) {
            channel.close();
        }
        open.clear();
    }

    private void knock(int port, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_CONNECT);
        channel.connect(new InetSocketAddress(host, port));
    }

    /** Says something to who has answered; some connections stay open for a while. */
    private void speak(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        key.cancel();
        try {
            channel.finishConnect();
            answered++;
            byte[] noise = new byte[40];
            random.nextBytes(noise);
            switch (random.nextInt(5)) {
                case 0 -> channel.write(ByteBuffer.wrap(noise));
                case 1 -> channel.write(ascii("GET / HTTP/1.1\r\n\r\n"));
                case 2 -> channel.write(ascii("AEVO\0\0" + "0".repeat(32))); // version 0
                case 3 -> open.add(channel);
                default -> channel.close();
            }
            if (!open.contains(channel)) {
                channel.close();
            }
        } catch (IOException e) { // nobody there
            try {
                channel.close();
            } catch (IOException alsoThat) {
                throw new java.io.UncheckedIOException(alsoThat);
            }
        }
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}

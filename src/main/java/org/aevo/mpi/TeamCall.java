package org.aevo.mpi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A team mate's way to the door of another one: all its addresses in turn, until one leads there. */
final class TeamCall {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final long PAUSE_MILLISECONDS = 100;

    private final RunSecret secret;
    private final TeamAssembly assembly;
    private final Deadline deadline;

    TeamCall(RunSecret secret, TeamAssembly assembly, Deadline deadline) {
        this.secret = secret;
        this.assembly = assembly;
        this.deadline = deadline;
    }

    /**
     * Connects with a member.
     *
     * @throws IOException if it is not reached in time; the message names it, and what was found at each address
     */
    TeamLines connect(int member) throws IOException, InterruptedException {
        Message.Door door = assembly.door(member);
        List<String> found = List.of();
        while (true) {
            List<String> now = new ArrayList<>();
            for (String host : door.hosts()) {
                try {
                    return connect(member, door, host);
                } catch (IOException e) {
                    if (Thread.interrupted()) { // which closes a connection
                        throw new InterruptedException("interrupted on the way to " + assembly.name(member));
                    }
                    now.add(host + ": " + (e instanceof UnknownHostException ? "unknown host" : e.getMessage()));
                }
            }
            // That the time is over says less than what was found before.
            found = deadline.isOver() && !found.isEmpty() ? found : now;
            if (deadline.isOver()) {
                throw new IOException(assembly.name(member) + " was not reached in time: " + String.join("; ", found));
            }
            Thread.sleep(PAUSE_MILLISECONDS);
        }
    }

    private TeamLines connect(int member, Message.Door door, String host) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, door.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        try (SocketChannel channel = SocketChannel.open()) {
            channel.socket().connect(address, deadline.orIn(CONNECT_TIMEOUT).milliseconds("connection"));
            JoinConnection mate = new JoinConnection(channel.socket(), deadline);
            SessionKeys keys = Handshake.asGuest(Meeting.TEAM, mate, secret);
            new TeamClaim(assembly.team(), assembly.rank(), member).write(mate, keys, door);
            mate.expect(keys.token(TeamClaim.COME), "word that this member is expected");
            List<SocketChannel> lines = Lines.open(mate, channel.getRemoteAddress(), keys);
            return new TeamLines(
                    lines.get(Direction.FROM_WORKER.ordinal()), lines.get(Direction.FROM_MASTER.ordinal()));
        }
    }
}

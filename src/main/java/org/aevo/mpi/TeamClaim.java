package org.aevo.mpi;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a team mate says that has come to another one's door and proved the secret: its team (64 bits), its own rank (32),
 * the rank of the one it looks for (32), and a token that depends on these and on the door it means. An address may lead
 * to another one's: that of the loopback interface does on every host.
 *
 * <pre>
 * guest  team(64) from(32) to(32) token(16)
 * host   token(16), once it is at work on that team
 * guest  its two connections, as a worker makes them to its master ({@link Handshake}), and token(16)
 * host   token(16)
 * </pre>
 */
record TeamClaim(long team, int from, int to) {
    /** The host's word that the guest may make its connections. */
    static final String COME = "come";

    private static final int BYTES = Long.BYTES + 2 * Integer.BYTES;

    static TeamClaim read(JoinConnection guest) throws IOException {
        ByteBuffer bytes = guest.read(BYTES, "word of its team");
        return new TeamClaim(bytes.getLong(), bytes.getInt(), bytes.getInt());
    }

    void write(JoinConnection host, SessionKeys keys, Message.Door door) throws IOException {
        host.write(ByteBuffer.allocate(BYTES).putLong(team).putInt(from).putInt(to));
        host.write(token(keys, door));
    }

    /** What shows that the guest means this door. */
    byte[] token(SessionKeys keys, Message.Door door) {
        return keys.token("team " + team + " from " + from + " to " + to + " at " + door.port() + " of "
                + String.join(",", door.hosts()));
    }
}

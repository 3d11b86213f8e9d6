package org.aevo.mpi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.aevo.codec.MalformedDataException;

/**
 * What each side says first on every connection to a master or a team mate: {@code AEVO}, the version of the protocol (16 bits), what
 * the connection is for (8 bits), and 32 bytes that depend on that.
 */
final class Greeting {
    /** For a worker to join: random bytes follow. */
    static final byte JOIN = 1;
    /** For what the master will send to a worker: the session's name and a token follow. */
    static final byte FROM_MASTER = 2;
    /** For what a worker will send: the same, with another token. */
    static final byte FROM_WORKER = 3;
    /** For a team mate to come into a team: random bytes follow. */
    static final byte TEAM = 4;

    private static final byte[] MAGIC = "AEVO".getBytes(StandardCharsets.US_ASCII);
    /** As far as this, all versions agree. */
    static final int HEADER_BYTES = MAGIC.length + Short.BYTES;

    static final int REST_BYTES = 32;
    static final int BYTES = HEADER_BYTES + 1 + REST_BYTES;

    private Greeting() {}

    /** A whole one. */
    static ByteBuffer of(byte purpose, byte[]... rest) {
        ByteBuffer greeting = ByteBuffer.allocate(BYTES).put(header().flip()).put(purpose);
        for (byte[] part : rest) {
            greeting.put(part);
        }
        return greeting;
    }

    /** Enough to tell one of another version why it is not talked to. */
    static ByteBuffer header() {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putShort((short) WireFormat.VERSION);
    }

    /**
     * Checks magic and version.
     *
     * @param role of the other side
     * @param peer where it is
     * @throws OtherVersionException if it is of another version
     * @throws MalformedDataException if it is nothing of ours
     */
    static void check(ByteBuffer header, String role, String peer) throws IOException {
        byte[] magic = new byte[MAGIC.length];
        header.get(magic);
        if (!MessageDigest.isEqual(magic, MAGIC)) {
            throw new MalformedDataException("what speaks at " + peer + " is no aevo " + role);
        }
        int version = header.getShort() & 0xFFFF;
        if (version != WireFormat.VERSION) {
            throw new OtherVersionException("the " + role + " at " + peer + " speaks version " + version
                    + " of the protocol, this side version " + WireFormat.VERSION);
        }
    }
}

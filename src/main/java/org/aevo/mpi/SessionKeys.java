package org.aevo.mpi;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What the two sides of one join have in common and nobody else has: keys out of the run's secret and of what both chose
 * at random. As HKDF (RFC 5869) does it: one key for the session, and from it one for each use, so that nothing that was
 * said in one place serves in another, nor in the other direction, nor in another join.
 */
final class SessionKeys {
    /** Of what names a session, and of a {@link #token}. */
    static final int TOKEN_BYTES = 16;

    private final byte[] key;

    private SessionKeys(byte[] key) {
        this.key = key;
    }

    /**
     * @param key of the session
     */
    static SessionKeys of(byte[] key) {
        return new SessionKeys(key);
    }

    /** Names the session in the open. */
    byte[] id() {
        return token("id");
    }

    /** The same as text. */
    String name() {
        return name(id());
    }

    static String name(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    /** What shows, once, that who says it knows the session's key, and means this. */
    byte[] token(String use) {
        return Arrays.copyOf(Hmac.of(key, "token " + use), TOKEN_BYTES);
    }

    /** For the frames that the master sends. */
    FrameMac framesOfMaster() {
        return new FrameMac(Hmac.of(key, "frames of the master"));
    }

    /** For the frames that the worker sends. */
    FrameMac framesOfWorker() {
        return new FrameMac(Hmac.of(key, "frames of the worker"));
    }

    @Override
    public String toString() {
        return "SessionKeys[hidden]";
    }
}

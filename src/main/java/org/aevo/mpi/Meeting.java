package org.aevo.mpi;

/** What a port is for: who comes there, and to whom. A proof that was made for one serves for no other. */
enum Meeting {
    /** A worker comes to its master. */
    RUN(Greeting.JOIN, "worker", "master", ""),
    /** A member of a team comes to another one. */
    TEAM(Greeting.TEAM, "team mate", "team mate", "team ");

    private final byte purpose;
    private final String guest;
    private final String host;
    private final String prefix;

    Meeting(byte purpose, String guest, String host, String prefix) {
        this.purpose = purpose;
        this.guest = guest;
        this.host = host;
        this.prefix = prefix;
    }

    /** Of the first connection, as the greeting names it. */
    byte purpose() {
        return purpose;
    }

    /** Who comes. */
    String guest() {
        return guest;
    }

    /** To whom. */
    String host() {
        return host;
    }

    /**
     * @param host what the host chose at random
     * @param guest what the guest did
     */
    byte[] proofOfGuest(RunSecret secret, byte[] host, byte[] guest) {
        return secret.proof(prefix + "worker", host, guest);
    }

    byte[] proofOfHost(RunSecret secret, byte[] host, byte[] guest) {
        return secret.proof(prefix + "master", host, guest);
    }

    SessionKeys keys(RunSecret secret, byte[] host, byte[] guest) {
        return SessionKeys.of(secret.proof(prefix + "session", host, guest));
    }
}

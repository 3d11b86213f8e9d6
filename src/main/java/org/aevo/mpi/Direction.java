package org.aevo.mpi;

/** One of the two connections of a link. */
enum Direction {
    /** Takes what the master sends. */
    FROM_MASTER(Greeting.FROM_MASTER, "from the master"),
    /** Takes what the worker sends. */
    FROM_WORKER(Greeting.FROM_WORKER, "from the worker");

    private final byte purpose;
    private final String use;

    Direction(byte purpose, String use) {
        this.purpose = purpose;
        this.use = use;
    }

    /** As the greeting names it. */
    byte purpose() {
        return purpose;
    }

    /** What a connection shows that is meant for this. */
    byte[] token(SessionKeys keys) {
        return keys.token(use);
    }
}

package org.aevo;

/** What tests that run beside each other take turns at: names for {@code @ResourceLock}. */
public final class Locks {
    /** Threads, sockets and ports of MPJ in this virtual machine: some tests make them, others count all that there are. */
    public static final String LINKS = "links";

    private Locks() {}
}

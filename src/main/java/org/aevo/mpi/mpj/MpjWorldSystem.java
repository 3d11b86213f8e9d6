package org.aevo.mpi.mpj;

import java.util.Map;

/**
 * What MPJ's device takes for {@code java.lang.System} and for a {@code PrintStream} ({@link WorldClassLoader} puts the one
 * name in the place of the others). Where it meets what it does not understand, which may be whatever a stranger sends, it
 * prints that this is impossible and goes on, or ends the virtual machine; here that ends the device, and with it the link.
 */
public final class MpjWorldSystem {
    /** Called by MPJ. */
    @SuppressWarnings("checkstyle:ConstantName")
    public static final MpjWorldSystem out = new MpjWorldSystem();

    private MpjWorldSystem() {}

    /** Called by MPJ. */
    public void println(String text) {
        throw new IllegalStateException("MPJ's device: " + text.strip());
    }

    /** Called by MPJ. */
    public static void exit(int code) {
        throw new IllegalStateException("MPJ's device has ended with code " + code);
    }

    /** Called by MPJ. */
    public static long nanoTime() {
        return System.nanoTime();
    }

    /** Called by MPJ. */
    public static Map<String, String> getenv() {
        return System.getenv();
    }
}

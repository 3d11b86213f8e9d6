package org.aevo.mpi.mpj;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps what MPJ prints on the standard error stream off it: {@code MPI.Init} prints a stack trace whenever
 * {@code MPJ_HOME} is not set. The stream is replaced only while a thread is being kept quiet, and other threads write
 * through. State is static because {@code System.err} is.
 */
public final class QuietThreads {
    private static final ThreadLocal<Boolean> QUIET = new ThreadLocal<>();
    private static final Object LOCK = new Object();
    private static int running;
    private static PrintStream original;
    private static PrintStream filter;

    private QuietThreads() {}

    /** Runs an action on this thread, whose error output goes nowhere. */
    public static void run(Runnable action) {
        QUIET.set(true);
        synchronized (LOCK) {
            if (running++ == 0) {
                original = System.err;
                filter = new PrintStream(new Filter(original), true, StandardCharsets.UTF_8);
                System.setErr(filter);
            }
        }
        try {
            action.run();
        } finally {
            synchronized (LOCK) {
                if (--running == 0 && System.err == filter) {
                    System.setErr(original);
                }
            }
            QUIET.remove();
        }
    }

    private static final class Filter extends OutputStream {
        private final PrintStream through;

        Filter(PrintStream through) {
            this.through = through;
        }

        @Override
        public void write(int b) {
            if (QUIET.get() == null) {
                through.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            if (QUIET.get() == null) {
                through.write(bytes, from, length);
            }
        }

        @Override
        public void flush() {
            through.flush();
        }
    }
}

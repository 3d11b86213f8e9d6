package org.aevo.mpi.mpj;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps what MPJ prints on the standard error stream off it: {@code MPI.Init} prints a stack trace whenever
 * {@code MPJ_HOME} is not set. The stream is replaced only while a thread is being kept quiet, and other threads write
 * through.
 */
public final class QuietThreads {
    private final ThreadLocal<Boolean> quiet = ThreadLocal.withInitial(() -> false);
    private int running;
    private PrintStream original;
    private PrintStream filter;

    public QuietThreads() {}

    /** Runs an action on this thread, whose error output goes nowhere. */
    public void run(Runnable action) {
        enter();
        try {
            action.run();
        } finally {
            leave();
        }
    }

    private synchronized void enter() {
        quiet.set(true);
        if (running++ == 0) {
            original = System.err;
            filter = new PrintStream(new Filter(original), true, StandardCharsets.UTF_8);
            System.setErr(filter);
        }
    }

    private synchronized void leave() {
        quiet.remove();
        if (--running == 0 && System.err == filter) {
            System.setErr(original);
        }
    }

    private final class Filter extends OutputStream {
        private final PrintStream through;

        Filter(PrintStream through) {
            this.through = through;
        }

        @Override
        public void write(int b) {
            if (!quiet.get()) {
                through.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            if (!quiet.get()) {
                through.write(bytes, from, length);
            }
        }

        @Override
        public void flush() {
            through.flush();
        }
    }
}

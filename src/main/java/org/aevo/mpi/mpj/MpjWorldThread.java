package org.aevo.mpi.mpj;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What MPJ's device takes for {@code java.lang.Thread} ({@link WorldClassLoader} puts the one name in the place of the
 * other). It starts one for what arrives, and a further one for each message that asks for it, which none of ours does.
 */
public class MpjWorldThread extends Thread {
    private static final AtomicBoolean STARTED = new AtomicBoolean();
    private static volatile Runnable atEnd;

    /** Called by MPJ. */
    public MpjWorldThread() {
        this(null);
    }

    /** Called by MPJ. */
    public MpjWorldThread(Runnable body) {
        super(body);
        if (STARTED.getAndSet(true)) {
            throw new IllegalStateException("a message that asks for a thread");
        }
    }

    /**
     * Sets what is done when nothing arrives any more, by the thread that ends.
     *
     * @param action before the world is made
     */
    static void atEnd(Runnable action) {
        atEnd = action;
    }

    @Override
    public void run() {
        try {
            super.run();
        } finally {
            Runnable action = atEnd;
            if (action != null) {
                action.run();
            }
        }
    }
}

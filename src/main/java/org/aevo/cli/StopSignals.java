package org.aevo.cli;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGINT, SIGTERM, and SIGUSR1, which schedulers send some time before the limit, ask a run to stop cleanly; a person's
 * second SIGINT or SIGTERM ends the process at once. One signal may arrive twice, from who sent it and from a parent that
 * passes it on: what comes right after another is taken for the same.
 */
final class StopSignals {
    private static final String EARLY_NOTICE = "USR1";
    private static final List<String> NAMES = List.of("INT", "TERM", EARLY_NOTICE);

    /** Between two signals of a person, at least; on a host with much to do a parent is not faster. */
    private static final long SAME_NANOSECONDS = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<String> stop;
    private final Runnable last;
    private final boolean scheduled;
    private boolean asked;
    private OptionalInt received = OptionalInt.empty();
    private long receivedAt;

    /**
     * @param stop asks the run to stop; called once
     * @param last what is still done before the process ends at once; quick
     * @param scheduled whether a scheduler sends SIGTERM, as often as it likes; it has SIGKILL for impatience
     */
    StopSignals(Consumer<String> stop, Runnable last, boolean scheduled) {
        this.stop = stop;
        this.last = last;
        this.scheduled = scheduled;
        NAMES.forEach(name -> Signal.handle(new Signal(name), this::hear));
        if (Parent.isThere()) {
            Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        }
    }

    private synchronized void hear(Signal signal) {
        if (!signal.getName().equals(EARLY_NOTICE)) {
            boolean person = !scheduled || signal.getName().equals("INT");
            long now = System.nanoTime();
            boolean again = received.isPresent() && now - receivedAt > SAME_NANOSECONDS;
            if (again && person) {
                last.run();
                Runtime.getRuntime().halt(ExitCode.SIGNAL + signal.getNumber());
            }
            if (received.isEmpty() || again) {
                receivedAt = now;
            }
            received = OptionalInt.of(signal.getNumber());
        }
        if (!asked) {
            asked = true;
            stop.accept("SIG" + signal.getName());
        }
    }

    /** For a rank that a person started alone. */
    static void ignoreNotice() {
        Signal.handle(new Signal(EARLY_NOTICE), SignalHandler.SIG_IGN);
    }

    /** For a worker: its master decides. */
    static void ignore() {
        NAMES.forEach(name -> Signal.handle(new Signal(name), SignalHandler.SIG_IGN));
    }

    /** Exit code of a run that a signal stopped: that of the signal, or, for one that a scheduler sends, resumable. */
    synchronized int exitCode() {
        return scheduled || received.isEmpty() ? ExitCode.RESUMABLE : ExitCode.SIGNAL + received.getAsInt();
    }
}

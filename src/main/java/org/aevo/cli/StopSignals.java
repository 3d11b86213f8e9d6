package org.aevo.cli;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGINT, SIGTERM, and SIGUSR1, which schedulers send some time before the limit, ask a run to stop cleanly; a person's
 * second SIGINT or SIGTERM ends the process at once.
 */
final class StopSignals {
    private static final String EARLY_NOTICE = "USR1";
    private static final List<String> NAMES = List.of("INT", "TERM", EARLY_NOTICE);

    private final Consumer<String> stop;
    private final boolean scheduled;
    private boolean asked;
    private OptionalInt received = OptionalInt.empty();

    /**
     * @param stop asks the run to stop; called once
     * @param scheduled whether a scheduler sends SIGTERM, as often as it likes; it has SIGKILL for impatience
     */
    StopSignals(Consumer<String> stop, boolean scheduled) {
        this.stop = stop;
        this.scheduled = scheduled;
        NAMES.forEach(name -> Signal.handle(new Signal(name), this::hear));
        if (Parent.isThere()) {
            Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        }
    }

    private synchronized void hear(Signal signal) {
        if (!signal.getName().equals(EARLY_NOTICE)) {
            boolean person = !scheduled || signal.getName().equals("INT");
            if (received.isPresent() && person) {
                Runtime.getRuntime().halt(ExitCode.SIGNAL + signal.getNumber());
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
